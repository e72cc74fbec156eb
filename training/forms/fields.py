"""Fields that several forms of training share."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.levels import Level, Role
from committees.models import Appointment
from portal.models import Person
from portal.widgets import Digits
from training.models import MOST_ABSENT, Workshop

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


def date_field(**more):
    words = _("Choose the date.")
    errors = {"required": words, "invalid": words}
    return forms.DateField(**{"label": _("Date"), "widget": DateInput(), "error_messages": errors} | more)


def time_field(**more):
    errors = {"required": _("Write the time."), "invalid": _("Write the time as 10:00.")}
    return forms.TimeField(widget=TimeInput(), error_messages=errors, **more)


def absent_field(**more):
    return forms.IntegerField(
        label=_("Of 100 who are invited, how many will not answer?"),
        min_value=0,
        max_value=MOST_ABSENT,
        widget=Digits(),
        help_text=_("With 20, 50 people are invited for 40 seats. When all seats are taken, the others wait."),
        **more,
    )


def moment(day, clock):
    """This time of this day, where we are."""
    return datetime.combine(day, clock, timezone.get_default_timezone())


def possible_trainers():
    """Those who hold a trainer's post now, and those who taught before."""
    posts = Appointment.objects.current().with_role(Role.TRAINER).values("person")
    taught = Workshop.trainers.through.objects.values("person")
    return (Person.objects.filter(pk__in=posts) | Person.objects.filter(pk__in=taught)).order_by("name")
