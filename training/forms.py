"""The form of a workshop. It checks; it never saves (see ``domain.planning``)."""

from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.levels import Level, Role
from committees.models import Appointment, Unit
from portal.accounts.fields import PhoneField
from portal.models import Person
from training.models import Workshop

FOR_LEVELS = [Level.STATE, Level.DISTRICT, Level.ASSEMBLY]  # below, a workshop is for the whole assembly


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, unit):
        return f"{unit.title} · {unit.get_level_display()}"


class PeopleChoice(forms.ModelMultipleChoiceField):
    """Some of a few people. A key that none of them has is no choice, however long; SQLite breaks on too long ones."""

    def clean(self, value):
        known = set(map(str, self.queryset.values_list("pk", flat=True)))
        for key in value or []:
            if str(key) not in known:
                raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": key})
        return super().clean(value)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__({"class": "short"}, format="%H:%M")


class WorkshopForm(forms.Form):
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
    level = forms.ChoiceField(
        label=_("Only members of one level"), choices=[("", _("all levels")), *Level.choices], required=False
    )
    date = forms.DateField(
        label=_("Date"),
        widget=DateInput(),
        error_messages={"required": _("Choose the date."), "invalid": _("Choose the date.")},
    )
    begins = forms.TimeField(
        label=_("From"),
        widget=TimeInput(),
        error_messages={"required": _("Write the time."), "invalid": _("Write the time as 10:00.")},
    )
    ends = forms.TimeField(
        label=_("Until"),
        widget=TimeInput(),
        error_messages={"required": _("Write the time."), "invalid": _("Write the time as 10:00.")},
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
        widget=forms.NumberInput({"class": "short", "inputmode": "numeric"}),
        help_text=_("Whoever says yes after these are taken waits, and moves up when someone cannot come."),
        error_messages={"required": _("Write how many seats there are."), "min_value": _("At least one seat.")},
    )
    invites_from = forms.DateField(
        label=_("Invitations from"),
        widget=DateInput(),
        error_messages={"required": _("Choose the date."), "invalid": _("Choose the date.")},
    )
    trainers = PeopleChoice(
        label=_("Trainers"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They can sign in and mark who came."),
    )
    trainer_name = forms.CharField(label=_("Name"), max_length=120, required=False)
    trainer_phone = PhoneField(required=False)

    def __init__(self, *args, units, now, workshop=None, **kwargs):
        self.workshop, self.now = workshop, now
        super().__init__(*args, initial=_initial(workshop, now) | kwargs.pop("initial", {}), **kwargs)
        self.fields["unit"].queryset = units.filter(level__in=FOR_LEVELS).order_by("state", "level", "name_hi")
        self.fields["trainers"].queryset = _possible_trainers(workshop)
        if workshop:
            del self.fields["unit"], self.fields["level"], self.fields["invites_from"]
        if not self.fields["trainers"].queryset:
            del self.fields["trainers"]
        self.helper = FormHelper()
        self.helper.layout = self._layout()
        self.helper.add_input(Submit("save", _("Save") if workshop else _("Plan the workshop"), css_class="btn"))

    def _layout(self):
        def those(*names):
            return [name for name in names if name in self.fields]

        return Layout(
            *those("title_hi", "title_en", "unit", "level"),
            Fieldset(_("When"), "date", "begins", "ends"),
            Fieldset(_("Where"), "place_hi", "place_en", "capacity", *those("invites_from")),
            *those("trainers"),
            Fieldset(_("One more trainer"), "trainer_name", "trainer_phone"),
        )

    def clean(self):
        data = super().clean()
        if {"date", "begins", "ends"} <= data.keys():
            self._clean_times(data)
        if bool(data.get("trainer_name")) != bool(data.get("trainer_phone")) and "trainer_phone" not in self.errors:
            missing = "trainer_phone" if data.get("trainer_name") else "trainer_name"
            self.add_error(missing, _("Give both name and mobile number of the new trainer."))
        return data

    def _clean_times(self, data):
        zone = timezone.get_default_timezone()
        data["starts_at"] = datetime.combine(data["date"], data["begins"], zone)
        data["ends_at"] = datetime.combine(data["date"], data["ends"], zone)
        if data["ends_at"] <= data["starts_at"]:
            self.add_error("ends", _("The end must be after the beginning."))
        if data["starts_at"] <= self.now:
            self.add_error("date", _("This time is already over. Choose one ahead."))

    @property
    def details(self):
        """What ``planning.plan`` and ``planning.change`` take beside the unit."""
        data = self.cleaned_data
        names = ["title_hi", "title_en", "level", "place_hi", "place_en", "capacity", "starts_at", "ends_at"]
        details = {name: data[name] for name in names if name in data}
        if "invites_from" in data:
            midnight = datetime.min.time()
            details["invites_from"] = datetime.combine(data["invites_from"], midnight, timezone.get_default_timezone())
        return details | {"trainers": list(data.get("trainers", [])), "new_trainer": self._new_trainer()}

    def _new_trainer(self):
        data = self.cleaned_data
        return (data["trainer_phone"], data["trainer_name"]) if data.get("trainer_name") else None


def _initial(workshop, now):
    if workshop is None:
        return {"invites_from": timezone.localdate(now), "capacity": 50, "begins": "10:00", "ends": "17:00"}
    starts, ends = timezone.localtime(workshop.starts_at), timezone.localtime(workshop.ends_at)
    names = ["title_hi", "title_en", "place_hi", "place_en", "capacity"]
    known = {name: getattr(workshop, name) for name in names}
    times = {"date": starts.date(), "begins": starts.time(), "ends": ends.time()}
    return known | times | {"trainers": list(workshop.trainers.all())}


def _possible_trainers(workshop):
    """Those who hold a trainer's post now, and those who taught before."""
    posts = Appointment.objects.current().with_role(Role.TRAINER).values("person")
    taught = Workshop.trainers.through.objects.values("person")
    return (Person.objects.filter(pk__in=posts) | Person.objects.filter(pk__in=taught)).order_by("name")
