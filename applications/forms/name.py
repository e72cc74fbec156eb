"""Step 1: who applies, and the number where the result goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications import steps
from applications.forms.base import AgeForm
from applications.forms.fields import CleanCharField
from portal import names
from portal.accounts.fields import PhoneField

LETTERS = 2  # a single sign is no name


class NameForm(AgeForm):
    """Asks for the year of birth too where the drive leaves the step about the person out."""

    step = "name"
    title = _("Your name and mobile number")

    name = CleanCharField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As it should stand on a letter."),
        error_messages={
            "required": _("Write your full name"),
            "max_length": _("Shorten the name to 120 letters"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    phone = PhoneField(label=_("Mobile number"), help_text=_("The result comes to this number."))
    on_whatsapp = forms.BooleanField(label=_("This is also my WhatsApp number"), required=False, initial=True)
    family = forms.BooleanField(
        label=_("This is my family's number"),
        required=False,
        help_text=_("Tick this when somebody else of the family has applied from this number too."),
    )

    @property
    def asks_age(self):
        return "about" not in steps.steps_of(self.drive)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if sum(character.isalpha() for character in name) < LETTERS or names.mixed_scripts(name):
            raise forms.ValidationError(_("Write your full name in letters"))
        return name
