"""What people write about their own data, and what the office answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import CleanCharField
from portal.accounts.fields import PhoneField
from portal.models.privacy import RequestStatus

LONG = forms.Textarea(attrs={"rows": 4})


class CorrectForm(forms.Form):
    """What should stand there instead."""

    new = CleanCharField(
        label=_("What is right"),
        max_length=2000,
        widget=LONG,
        error_messages={"required": _("Write what should stand there"), "max_length": _("Shorten this")},
    )
    words = CleanCharField(
        label=_("Something to add"),
        max_length=600,
        required=False,
        widget=LONG,
        error_messages={"max_length": _("Shorten this")},
    )

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        if choices:  # kept in words, as the office and the person read it
            self.fields["new"] = forms.ChoiceField(
                label=_("What is right"),
                choices=[(words, words) for words in choices],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the answers"),
                    "invalid_choice": _("Choose one of the answers"),
                },
            )


class ComplaintForm(forms.Form):
    """A complaint, in one's own words."""

    words = CleanCharField(
        label=_("What went wrong?"),
        max_length=2000,
        widget=LONG,
        error_messages={"required": _("Write what went wrong"), "max_length": _("Shorten this")},
    )


class NomineeForm(forms.Form):
    """Who may act when one cannot."""

    name = CleanCharField(
        label=_("Their full name"),
        max_length=120,
        error_messages={"required": _("Write their full name"), "max_length": _("Shorten this")},
    )
    phone = PhoneField(label=_("Their mobile number"))


class AnswerForm(forms.Form):
    """The office's answer."""

    status = forms.ChoiceField(
        label=_("Result"),
        choices=[(RequestStatus.DONE, _("done")), (RequestStatus.REFUSED, _("refused"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the result")},
    )
    answer = CleanCharField(
        label=_("Answer to the person"),
        max_length=2000,
        required=False,
        widget=LONG,
        error_messages={"max_length": _("Shorten this")},
    )
