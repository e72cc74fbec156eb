"""What an applicant says to the call."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import BAD_TIME
from interviews.states import Answer


class AnswerForm(forms.Form):
    """Yes, no, or another time: then between which hours, and why."""

    answer = forms.ChoiceField(
        choices=Answer, error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")}
    )
    not_before = forms.TimeField(required=False, error_messages=BAD_TIME)
    not_after = forms.TimeField(required=False, error_messages=BAD_TIME)
    note = forms.CharField(required=False, max_length=200)
    why = forms.CharField(required=False, max_length=200)

    def clean(self):
        data = super().clean()
        start, end = data.get("not_before"), data.get("not_after")
        if start and end and start >= end:
            self.add_error("not_after", _("The second time comes after the first."))
        return data

    @staticmethod
    def asked(*, request, application):
        """What the fields show: the hours asked for last, else those of the application."""
        hours: tuple[time | None, time | None] = (application.come_from, application.come_until)
        if request and (request.wished_from or request.wished_until):
            hours = (request.wished_from, request.wished_until)
        words = {"why": request.why, "note": request.note} if request else {"why": "", "note": ""}
        return {"not_before": hours[0], "not_after": hours[1], **words}
