"""Who becomes in-charge: the rules of the choice, one of the list or anyone by mobile number, and the dates."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.domain import inducting
from committees.domain.matching import Home, Rules
from portal import names
from portal.accounts.fields import PhoneField
from portal.widgets import Digits

OTHER = "other"
MOST = 12  # people offered
HOMES = [
    (Home.AWAY, _("not the home district")),
    (Home.HOME, _("only the home district")),
    (Home.ANY, _("any")),
]


class RulesForm(forms.Form):
    """The rules as the address says them; what it does not say, or says wrongly, is as usual."""

    home = forms.ChoiceField(label=_("Home district"), choices=HOMES, required=False)
    most = forms.TypedChoiceField(
        label=_("Districts for one person, at most"), choices=[(n, n) for n in (1, 2, 3)], coerce=int, required=False
    )
    women = forms.IntegerField(
        label=_("Women, percent aimed at"), min_value=0, max_value=100, required=False, widget=Digits()
    )

    def __init__(self, asked):
        usual = Rules()
        super().__init__({"home": usual.home, "most": usual.most, "women": usual.women} | asked.dict())

    @property
    def rules(self):
        self.full_clean()
        said = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        return Rules(**said | ({"home": Home(said["home"])} if "home" in said else {}))


class DatesForm(forms.Form):
    """Until when the term lasts, and by when the committees are to be formed."""

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

    def clean(self):
        cleaned = super().clean()
        today = timezone.localdate()
        for field in ("term_ends", "form_by"):
            if cleaned.get(field) and cleaned[field] < today:
                self.add_error(field, _("This date is past"))
        if cleaned.get("form_by") and cleaned.get("term_ends") and cleaned["form_by"] > cleaned["term_ends"]:
            self.add_error("form_by", _("This is after the term"))
        return cleaned


class AssignForm(DatesForm):
    """One district: the person and the dates; a reason when someone is replaced.

    ``offers`` are the best few as (key, words).
    """

    who = forms.ChoiceField(
        label=_("Who?"), widget=forms.RadioSelect, error_messages={"required": _("Choose a person or write a number")}
    )
    phone = PhoneField(required=False, help_text=_("Only for “another person”."))
    name = forms.CharField(
        label=_("Full name"), required=False, max_length=120, help_text=_("Only for a number we do not know yet.")
    )
    instead_because = forms.CharField(label=_("Why is the present in-charge replaced?"), max_length=300)

    field_order = ["who", "phone", "name", "term_ends", "form_by", "instead_because"]

    def __init__(self, *args, offers, present, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [*offers, (OTHER, _("Another person, by mobile number"))]
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
