"""What somebody tells of a paper, and what the office found."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from portal import names
from portal.accounts.fields import PhoneField

WHAT_IS_WRONG = _("Write in a few words what is wrong")


class ReportForm(forms.Form):
    """The code, the words, and a number for who may be asked."""

    code = forms.CharField(
        label=_("Code on the paper"),
        max_length=24,
        required=False,
        error_messages={"max_length": _("Shorten the code to 24 signs")},
    )
    words = forms.CharField(
        label=_("What is wrong with this paper?"),
        help_text=_("For instance: where you saw it, whose name it carries, what was asked of you."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": WHAT_IS_WRONG, "max_length": _("Shorten it to 500 letters")},
    )
    phone = PhoneField(label=_("Your mobile number, if we may ask you"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own

    def clean_words(self):
        words = names.clean(self.cleaned_data["words"])
        if not words:
            raise forms.ValidationError(WHAT_IS_WRONG)
        return words


class FindingForm(forms.Form):
    """What was found, in words."""

    finding = forms.CharField(label=_("What was found"), max_length=300, widget=forms.TextInput())
