"""The forms of batches: how they are cut, and when and where each is."""

from datetime import time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.levels import Level
from portal.widgets import Digits
from training.domain.batching import Batch
from training.domain.sessions import Part
from training.forms.fields import absent_field, date_field, moment, time_field
from training.models import USUAL_ABSENT

SUNDAY = 6
AHEAD = timedelta(days=14)


class BatchSettingsForm(forms.Form):
    """How many seats a batch has, and the hours of all. What is not said is as usual."""

    level = forms.ChoiceField(
        label=gettext_lazy("For members of the level"),
        choices=[("", gettext_lazy("all levels")), *Level.choices],
        required=False,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats a batch"),
        min_value=5,
        max_value=1000,
        widget=Digits(),
    )
    absent_share = absent_field()
    first = date_field(label=gettext_lazy("First date"))
    begins = time_field(label=gettext_lazy("From"))
    ends = time_field(label=gettext_lazy("Until"))
    apart = forms.IntegerField(
        label=gettext_lazy("Days between two batches of a district"),
        min_value=1,
        max_value=90,
        widget=Digits(),
    )

    def __init__(self, data, *, now):
        self.now = now
        usual = {
            "level": Level.DISTRICT,
            "capacity": 40,
            "absent_share": USUAL_ABSENT,
            "first": _sunday(timezone.localdate(now) + AHEAD),
            "begins": time(10),
            "ends": time(16),
            "apart": 7,
        }
        asked = {name: data[name] for name in usual if name in data}
        super().__init__({**usual, **asked})

    def clean(self):
        data = super().clean()
        if {"begins", "ends"} <= data.keys() and data["ends"] <= data["begins"]:
            self.add_error("ends", _("The end must be after the beginning."))
        if "first" in data and data["first"] <= timezone.localdate(self.now):
            self.add_error("first", _("This time is already over. Choose one ahead."))
        return data


class BatchesForm(forms.Form):
    """A row for each batch that is lacking: tick, date and place. ``needs`` are those of ``batching.needs``."""

    def __init__(self, *args, needs, settings, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.settings, self.now, self.rows = settings, now, []
        for need in needs:
            for number in range(need.batches):
                self._add_row(need, number)

    def _add_row(self, need, number):
        key = f"{need.unit.pk}-{number}"
        day = self.settings["first"] + number * timedelta(days=self.settings["apart"])
        at = _("District office, %(place)s") % {"place": need.unit.title}
        label = f"{need.unit.title} {number + 1}"
        self.fields |= {
            f"take-{key}": forms.BooleanField(label=label, initial=True, required=False),
            f"date-{key}": date_field(label=f"{_('Date')} – {label}", initial=day),
            f"place-{key}": forms.CharField(label=f"{_('Place')} – {label}", initial=at, max_length=200),
        }
        self.rows.append((need, number + 1, key))

    def clean(self):
        data = super().clean()
        for _need, _number, key in self.rows:
            day = data.get(f"date-{key}")
            if data.get(f"take-{key}") and day and day <= timezone.localdate(self.now):
                self.add_error(f"date-{key}", _("This time is already over. Choose one ahead."))
        if not self.errors and not self.batches:
            self.add_error(None, _("Tick at least one batch."))
        return data

    @property
    def lines(self):
        """For the page: (need, number of the batch, its three fields, was it ticked)."""
        for need, number, key in self.rows:
            fields = [self[f"{name}-{key}"] for name in ("take", "date", "place")]
            yield need, number, *fields

    @property
    def batches(self):
        """The ticked ones, as ``batching.plan_all`` takes them."""
        data = self.cleaned_data
        ticked = [(need, key) for need, _number, key in self.rows if data.get(f"take-{key}")]
        hours = self.settings["begins"], self.settings["ends"]
        return [
            Batch(
                unit=need.unit,
                parts=[Part(*(moment(data[f"date-{key}"], clock) for clock in hours))],
                place_hi=data[f"place-{key}"],
            )
            for need, key in ticked
            if data.get(f"date-{key}") and data.get(f"place-{key}")
        ]


def _sunday(day):
    """This day or the next Sunday: people who serve have time then."""
    return day + timedelta(days=(SUNDAY - day.weekday()) % 7)
