"""The sessions of a workshop as rows of its form: another row by a button, without a script."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.domain.sessions import Part
from training.forms.fields import date_field, moment, possible_trainers, time_field
from training.models import Session

MOST = 12  # sessions of a workshop
TIMES = ["date", "begins", "ends"]
ROW = ["session", *TIMES, "session_title", "room", "teacher"]


class TrainerChoice(forms.ChoiceField):
    """One of the trainers by key; the same few for each row, asked once."""

    def __init__(self, people):
        self.people = {str(person.pk): person for person in people}
        choices = [("", gettext_lazy("all trainers")), *((key, person.name) for key, person in self.people.items())]
        super().__init__(label=gettext_lazy("Trainer"), choices=choices, required=False)

    def clean(self, value):
        return self.people.get(super().clean(value))


def named(name, row):
    """Fields of the first row carry plain names, those of the others a number."""
    return name if row == 1 else f"{name}_{row}"


class SessionRows:
    """What ``WorkshopForm`` knows of sessions. The first row must be filled; an empty further row is no session."""

    def count_rows(self, data, sessions):
        sent = str(data.get("rows", "")) if data else ""
        rows = int(sent) if sent.isdecimal() and len(sent) < 4 else len(sessions)
        return max(1, min(MOST, rows + bool(data and "add" in data)))

    def add_rows(self, rows):
        """Fields for so many sessions."""
        people = list(possible_trainers())
        self.row_count = rows
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        for row in range(1, rows + 1):
            needed = {"required": row == 1}
            self.fields |= {
                named("session", row): forms.IntegerField(widget=forms.HiddenInput, required=False),
                named("date", row): date_field(**needed),
                named("begins", row): time_field(label=gettext_lazy("From"), **needed),
                named("ends", row): time_field(label=gettext_lazy("Until"), **needed),
                named("session_title", row): forms.CharField(
                    label=gettext_lazy("What is taught there, in Hindi"), max_length=160, required=False
                ),
                named("room", row): forms.CharField(label=gettext_lazy("Room"), max_length=80, required=False),
            }
            if people:
                self.fields[named("teacher", row)] = TrainerChoice(people)

    def layout_of_rows(self):
        one = self.row_count == 1
        return [
            Fieldset(
                _("When") if one else _("Session %(n)d") % {"n": row},
                *[named(name, row) for name in ROW if named(name, row) in self.fields],
            )
            for row in range(1, self.row_count + 1)
        ]

    def check_sessions(self, data):
        """The sessions in ``data["parts"]``; what is wrong is said at its row."""
        self.parts = []
        for row in range(1, self.row_count + 1):
            times = [data.get(named(name, row)) for name in TIMES]
            if all(times):
                self._take(row, times, data)
            elif any(times):
                for name, value in zip(TIMES, times, strict=True):
                    if not value and named(name, row) not in self.errors:
                        self.add_error(named(name, row), self.fields[named(name, row)].error_messages["required"])

    def _take(self, row, times, data):
        day, begins, ends = times
        starts, over = moment(day, begins), moment(day, ends)
        if over <= starts:
            self.add_error(named("ends", row), _("The end must be after the beginning."))
        elif any(part.starts_at < over and part.ends_at > starts and _same(part, data, row) for part in self.parts):
            self.add_error(named("begins", row), _("Two sessions of one room at the same time."))
        else:
            told = {"title_hi": data.get(named("session_title", row)) or "", "room": data.get(named("room", row)) or ""}
            key = data.get(named("session", row))
            pk = key if key in self.known else None
            self.parts.append(Part(starts, over, trainer=data.get(named("teacher", row)), pk=pk, **told))

    @property
    def known(self):
        return {session.pk for session in self.sessions}


def _same(part, data, row):
    return part.room == (data.get(named("room", row)) or "")


def initial_of(sessions):
    """The rows of sessions that are there."""
    found = {"rows": max(1, len(sessions))}
    for row, session in enumerate(sessions, start=1):
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        values = [session.pk, starts.date(), starts.time(), ends.time(), session.title_hi, session.room]
        values.append(session.trainer_id or "")
        found |= {named(name, row): value for name, value in zip(ROW, values, strict=True)}
    return found


def sessions_of(workshop):
    return list(Session.objects.filter(workshop=workshop).order_by("number")) if workshop else []
