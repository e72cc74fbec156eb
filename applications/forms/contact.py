"""How to reach an applicant; also what a stranger gives to prove a number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.base import StepForm, birth_year_field
from applications.forms.fields import CleanCharField
from portal.accounts.fields import PhoneField


class ContactForm(StepForm):
    """What may be changed as long as the application is alive: the number."""

    step = "contact"
    title = _("Your mobile number")

    phone = PhoneField(label=_("Mobile number"), help_text=_("The result comes to this number."))
    on_whatsapp = forms.BooleanField(label=_("This is also my WhatsApp number"), required=False)


class AskForm(forms.Form):
    """A number to which a code, or a word at the opening, may be sent."""

    phone = PhoneField(label=_("Mobile number"))


class CodeForm(forms.Form):
    """Six digits from an SMS, in any script."""

    code = forms.CharField(
        label=_("Six-digit code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short"}),
        error_messages={"required": _("Write the six digits of the SMS"), "max_length": _("The code has six digits")},
    )


class YearForm(forms.Form):
    """What somebody knows who was not merely sent the link."""

    year = birth_year_field()


class WithdrawForm(forms.Form):
    """Why somebody goes; never asked, only offered."""

    why = CleanCharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Shorten this to 300 letters")},
    )
