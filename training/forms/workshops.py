"""The form of a workshop. It checks; it never saves (see ``domain.planning``)."""

from datetime import time

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from committees.levels import Level
from committees.models import Unit
from portal.accounts.fields import PhoneField
from portal.models import Person
from portal.widgets import Digits
from training.forms.fields import (
    FOR_LEVELS,
    PeopleChoice,
    UnitChoice,
    absent_field,
    date_field,
    moment,
    possible_trainers,
)
from training.forms.rows import MOST, SessionRows, initial_of, sessions_of
from training.models import USUAL_ABSENT, Series


class WorkshopForm(SessionRows, forms.Form):
    """When, where, for whom, and who teaches. ``units`` are those the user may plan for."""

    title_hi = forms.CharField(
        label=_("Topic in Hindi"), max_length=160, error_messages={"required": _("Write the topic.")}
    )
    title_en = forms.CharField(label=_("Topic in English"), max_length=160, required=False)
    unit = UnitChoice(
        label=_("For whom?"),
        queryset=Unit.objects.none(),
        empty_label=_("Choose a unit"),
        help_text=_("All who sit in this unit or below it are invited, by themselves and only once."),
        error_messages={"required": _("Choose for whom it is.")},
    )
    series = forms.ModelChoiceField(
        label=_("Series"),
        queryset=Series.objects.none(),
        required=False,
        empty_label=_("no series"),
        help_text=_("With a series only those are invited who do not hold its certificate yet."),
    )
    level = forms.ChoiceField(
        label=_("Only members of one level"), choices=[("", _("all levels")), *Level.choices], required=False
    )
    place_hi = forms.CharField(
        label=_("Place in Hindi"),
        max_length=200,
        help_text=_("Hall, street and town, so that everyone finds it."),
        error_messages={"required": _("Write the place.")},
    )
    place_en = forms.CharField(label=_("Place in English"), max_length=200, required=False)
    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=5000,
        widget=Digits(),
        help_text=_("Whoever says yes after these are taken waits, and moves up when someone cannot come."),
        error_messages={"required": _("Write how many seats there are."), "min_value": _("At least one seat.")},
    )
    absent_share = absent_field(required=False)
    invites_from = date_field(label=_("Invitations from"))
    trainers = PeopleChoice(
        label=_("Trainers"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They can sign in and mark who came."),
    )
    trainer_name = forms.CharField(label=_("Name"), max_length=120, required=False)
    trainer_phone = PhoneField(required=False)

    def __init__(self, data=None, *, units, now, workshop=None, **kwargs):
        self.workshop, self.now, self.sessions = workshop, now, sessions_of(workshop)
        rows = self.count_rows(data, self.sessions)
        if data and "add" in data:
            data = data.copy()
            data["rows"] = rows
        initial = _initial(workshop, now) | initial_of(self.sessions) | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)
        self.add_rows(rows)
        self.fields["unit"].queryset = units.filter(level__in=FOR_LEVELS).order_by("state", "level", "name_hi")
        self.fields["series"].queryset = Series.objects.taught().order_by("pk")
        self.fields["trainers"].queryset = possible_trainers()
        if workshop:
            for name in ("unit", "series", "level", "invites_from"):
                del self.fields[name]
        if not (workshop.series_id if workshop else self.fields["series"].queryset):
            del self.fields["absent_share"]  # without a series everybody is invited
        for name in ("trainers", "series"):
            if name in self.fields and not self.fields[name].queryset:
                del self.fields[name]
        self.helper = FormHelper()
        self.helper.layout = self._layout()
        self.helper.add_input(Submit("save", _("Save") if workshop else _("Plan the workshop"), css_class="btn"))

    def full_clean(self):
        """Where only another row is wanted, nothing is checked yet."""
        if "add" not in self.data:
            return super().full_clean()
        self._errors, self.cleaned_data = ErrorDict(), {}
        return None

    def is_valid(self):
        return "add" not in self.data and super().is_valid()

    def _layout(self):
        def those(*names):
            return [name for name in names if name in self.fields]

        more = '<p><button class="btn sec" name="add" value="1" formnovalidate>%s</button></p>'
        return Layout(
            "rows",
            *those("title_hi", "title_en", "series", "unit", "level"),
            *self.layout_of_rows(),
            HTML(format_html(more, _("One more session")) if self.row_count < MOST else ""),
            Fieldset(_("Where"), "place_hi", "place_en", "capacity", *those("absent_share", "invites_from")),
            *those("trainers"),
            Fieldset(_("One more trainer"), "trainer_name", "trainer_phone"),
        )

    def clean(self):
        data = super().clean()
        self.check_sessions(data)
        if self.parts and min(part.starts_at for part in self.parts) <= self.now:
            self.add_error("date", _("This time is already over. Choose one ahead."))
        if bool(data.get("trainer_name")) != bool(data.get("trainer_phone")) and "trainer_phone" not in self.errors:
            missing = "trainer_phone" if data.get("trainer_name") else "trainer_name"
            self.add_error(missing, _("Give both name and mobile number of the new trainer."))
        return data

    @property
    def details(self):
        """What ``planning.plan`` and ``planning.change`` take beside the unit."""
        data = self.cleaned_data
        names = ["title_hi", "title_en", "series", "level", "place_hi", "place_en", "capacity"]
        details = {name: data[name] for name in names if name in data}
        if data.get("absent_share") is not None:
            details["absent_share"] = data["absent_share"]
        if "invites_from" in data:
            details["invites_from"] = moment(data["invites_from"], time.min)
        people = {"trainers": list(data.get("trainers", [])), "new_trainer": self._new_trainer()}
        return details | people | {"parts": self.parts}

    def _new_trainer(self):
        data = self.cleaned_data
        return (data["trainer_phone"], data["trainer_name"]) if data.get("trainer_name") else None


def _initial(workshop, now):
    if workshop is None:
        usual = {"capacity": 50, "absent_share": USUAL_ABSENT, "begins": "10:00", "ends": "17:00", "rows": 1}
        return usual | {"invites_from": timezone.localdate(now)}
    names = ["title_hi", "title_en", "place_hi", "place_en", "capacity", "absent_share"]
    return {name: getattr(workshop, name) for name in names} | {"trainers": list(workshop.trainers.all())}
