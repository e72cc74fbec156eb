"""Who becomes in-charge: someone of the list, or anyone by mobile number."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from committees.domain import inducting
from portal import names, phones
from portal.accounts.fields import PhoneField

OTHER = "other"
MOST = 12  # people offered


class AssignForm(forms.Form):
    """The person, the term, the date for the committees; a reason when someone is replaced."""

    who = forms.ChoiceField(
        label=_("Who?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a person or write a number")}
    )
    phone = PhoneField(required=False, help_text=_("Only for “another person”."))
    name = forms.CharField(
        label=_("Full name"), required=False, max_length=120, help_text=_("Only for a number we do not know yet.")
    )
    term_ends = forms.DateField(
        label=_("Term until"),
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Write until when the term lasts"),
            "invalid": _("Write the date as day, month and year"),
        },
    )
    form_by = forms.DateField(
        label=_("Form the committees by"),
        required=False,
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as day, month and year")},
    )
    instead_because = forms.CharField(label=_("Why is the present in-charge replaced?"), max_length=300)

    def __init__(self, *args, candidates, present, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in candidates[:MOST]}
        choices = [(pk, f"{person.name} – {reasons(person)}") for pk, person in self.people.items()]
        self.fields["who"].choices = [*choices, (OTHER, _("Another person, by mobile number"))]
        if present is None:
            del self.fields["instead_because"]
        else:
            self.fields["instead_because"].error_messages = {"required": _("Write the reason in a few words")}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own
        self.helper.add_input(Submit("look", _("Continue"), css_class="btn"))

    def clean(self):
        cleaned = super().clean()
        today = timezone.localdate()
        for field in ("term_ends", "form_by"):
            if cleaned.get(field) and cleaned[field] < today:
                self.add_error(field, _("This date is past"))
        if cleaned.get("form_by") and cleaned.get("term_ends") and cleaned["form_by"] > cleaned["term_ends"]:
            self.add_error("form_by", _("This is after the term"))
        if cleaned.get("who") == OTHER:
            self._read_phone(cleaned)
        return cleaned

    def _read_phone(self, cleaned):
        if not cleaned.get("phone"):
            if "phone" not in self.errors:
                self.add_error("phone", self.fields["phone"].error_messages["required"])
            return
        cleaned["known"] = next(iter(inducting.on_phone(cleaned["phone"])), None)
        if cleaned["known"] is None and not names.clean(cleaned.get("name") or ""):
            self.add_error("name", _("We do not know this number yet. Write the full name."))

    @property
    def person(self):
        """The person meant, when we know them already."""
        data = self.cleaned_data
        return data.get("known") if data["who"] == OTHER else self.people[data["who"]]


def reasons(person):
    """The end of the number, and what speaks for and against, in a few words."""
    load = ngettext("looks after %(n)s unit now", "looks after %(n)s units now", person.load) % {"n": person.load}
    home = _("sits in this district") if person.at_home else _("from elsewhere")
    return ", ".join([phones.masked(person.phone), str(home), *([load] if person.load else [])])
