"""Step 4: what the applicant has done with the party."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.base import StepForm
from applications.forms.fields import CleanCharField, CleanTextField
from applications.models.answers import Since

MOST = 60


class WorkForm(StepForm):
    step = "work"
    title = _("Your work with the party")

    since = forms.ChoiceField(
        label=_("Since when are you with the party?"),
        choices=Since,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose since when you are with the party"),
            "invalid_choice": _("Choose one of the answers"),
        },
    )
    roles = CleanCharField(
        label=_("Roles so far"),
        max_length=200,
        required=False,
        help_text=_("Such as booth agent, ward president."),
        error_messages={"max_length": _("Shorten this to 200 letters")},
    )
    work = CleanTextField(
        label=_("Work you have done"),
        most=MOST,
        required=False,
        help_text=_("Up to 60 words."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "words": _("This may have up to 60 words; now it has %(count)s"),
            "max_length": _("This is too long"),
        },
    )
