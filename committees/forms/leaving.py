"""Why somebody is to leave, and what the person says to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.forms.answers import ReasonForm
from committees.models import Ending
from portal import names

KINDS = [
    (Ending.Kind.RELIEVED, _("Relief: another task, or time for somebody else")),
    (Ending.Kind.REMOVED, _("Removal: the person hears of it and has 7 days to answer")),
]


class LeavingForm(ReasonForm):
    """Relief or removal, with a reason."""

    kind = forms.ChoiceField(label=_("How"), choices=KINDS, initial=Ending.Kind.RELIEVED, widget=forms.RadioSelect)
    field_order = ["kind", "reason"]


class AnswerForm(ReasonForm):
    """What the person says to the proposal."""

    reason = forms.CharField(
        label=_("Your answer"),
        max_length=500,
        widget=forms.Textarea({"rows": 5}),
        error_messages={
            "required": _("Write your answer in a few words"),
            "max_length": _("Shorten your answer to 500 letters"),
        },
    )

    def clean_reason(self):
        words = names.clean(self.cleaned_data["reason"])
        if not words:
            raise forms.ValidationError(_("Write your answer in a few words"))
        return words
