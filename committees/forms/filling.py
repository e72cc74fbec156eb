"""Filling a post: the mobile number first, then who it is."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import names
from portal.accounts.fields import PhoneField
from portal.models.people import Gender
from portal.widgets import Digits

NEW = "new"
OLDEST, YOUNGEST = 100, 18  # years


class PhoneForm(forms.Form):
    """Whose number is it?"""

    phone = PhoneField(help_text=_("Whoever we know already is filled in from it."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own
        self.helper.add_input(Submit("find", _("Continue"), css_class="btn"))


class PersonForm(forms.Form):
    """Someone known on this number, or a new person; and until when.

    ``listed`` is for a list, where the person may be asked at once; without
    it the person is appointed. ``at_once`` offers both.
    """

    phone = PhoneField(widget=forms.HiddenInput)
    who = forms.ChoiceField(
        label=_("Who is it?"), widget=forms.RadioSelect, error_messages={"required": _("Choose who it is")}
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": _("Shorten the name to 120 letters"), "required": _("Write the full name")},
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        widget=Digits(),
        error_messages={"invalid": _("Write the year with four digits")},
    )
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender, required=False, initial=Gender.UNSAID)
    term_ends = forms.DateField(
        label=_("Term until"),
        required=False,
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as day, month and year")},
    )

    ask = forms.BooleanField(label=_("Ask for consent by SMS now"), required=False, initial=True)

    def __init__(self, *args, known, listed=False, at_once=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        if not listed:
            del self.fields["ask"]
        choices = [(str(person.share), person.name) for person in known]
        self.fields["who"].choices = [*choices, (NEW, _("A new person") if choices else _("New person"))]
        self.fields["who"].initial = choices[0][0] if choices else NEW
        if not choices:  # nothing to choose from: only the name is asked for
            self.fields["who"].widget = forms.HiddenInput()
            self.fields["name"].required = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own
        last = [name for name in ("term_ends", "ask") if name in self.fields]
        self.helper.layout = Layout("phone", "who", "name", Div("gender", "birth_year", css_class="pair"), *last)
        self.helper.add_input(Submit("seat", _("Add to the list") if listed else _("Appoint"), css_class="btn"))
        if at_once:
            self.helper.add_input(Submit("now", _("Appoint now"), css_class="btn sec"))

    def clean_birth_year(self):
        year, this = self.cleaned_data["birth_year"], timezone.localdate().year
        if year is not None and not this - OLDEST <= year <= this - YOUNGEST:
            raise forms.ValidationError(_("Members are at least 18 years old. Check the year."))
        return year

    def clean_term_ends(self):
        day = self.cleaned_data["term_ends"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("The term must end after today"))
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("who") == NEW and not names.clean(cleaned.get("name") or "") and not self.has_error("name"):
            self.add_error("name", _("Write the full name"))
        return cleaned

    def told(self):
        """What ``inducting.meet`` wants to know."""
        data = self.cleaned_data
        new = data["who"] == NEW
        return {
            "phone": data["phone"],
            "share": None if new else int(data["who"]),
            "name": data["name"],
            "gender": data["gender"] or Gender.UNSAID,
            "birth_year": data["birth_year"],
        }
