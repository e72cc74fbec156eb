"""What a person says to an appointment, and why somebody is relieved."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from portal import names

REASON = {
    "required": _("Write the reason in a few words"),
    "max_length": _("Shorten the reason to 300 letters"),
}


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}), error_messages=REASON
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own

    def clean_reason(self):
        reason = names.clean(self.cleaned_data["reason"])
        if not reason:
            raise forms.ValidationError(REASON["required"])
        return reason


class CancelLetterForm(ReasonForm):
    """Why a letter is cancelled, and whether a corrected one follows."""

    anew = forms.BooleanField(label=_("Issue a new letter in its place"), required=False)
