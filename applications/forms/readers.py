"""Who shall read, and how many read each application."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.levels import ANCESTORS, Level, Role
from committees.models import Appointment
from portal import folding
from portal.models import User

HOW = {  # word in the address → readers of each, percent that get one more
    "1s": (1, 10),
    "1": (1, 0),
    "2": (2, 0),
    "3": (3, 0),
}
WORDS = [
    ("2", _("two for every application")),
    ("1s", _("one for every application, two for one in ten, drawn by lot")),
    ("1", _("one for every application")),
    ("3", _("three for every application")),
]
MOST = 60
FOUND = 20
PHONE_END = 4


class ReadersForm(forms.Form):
    """Readers by tick. ``q`` finds more people; who was ticked stays in the list."""

    reader = forms.MultipleChoiceField(
        label=_("Readers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one reader"),
            "invalid_choice": _("Somebody you ticked can no longer sign in. Tick again."),
            "invalid_list": _("Tick at least one reader"),
        },
    )
    how = forms.ChoiceField(
        label=_("How many read each application?"),
        choices=WORDS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how many read each application"),
            "invalid_choice": _("Choose how many read each application"),
        },
    )

    def __init__(self, *args, drive, q="", ticked=None, **kwargs):
        super().__init__(*args, **kwargs)
        users = User.objects.filter(is_active=True).select_related("person")
        if ticked is None:
            ticked = [word for word in self.data.getlist("reader") if word.isascii() and word.isdecimal()]
        chosen = [int(word) for word in ticked[:MOST] if len(word) < 10]
        people = {user.pk: user for user in users.filter(pk__in=chosen)}
        people |= {user.pk: user for rows in (_found(q), _near(drive)) for user in rows}
        posts = _posts(people)
        self.people = people
        self.fields["reader"].choices = [(pk, f"{user.person.name} · {posts[pk]}" if pk in posts else user.person.name)
                         for pk, user in people.items()]  # fmt: skip

    def clean_reader(self):
        return [self.people[int(pk)] for pk in self.cleaned_data["reader"]]

    def clean_how(self):
        return HOW[self.cleaned_data["how"]]


class GiveForm(forms.Form):
    """One reader for the chosen applications: who is near to the drive, or reads in it already."""

    reader = forms.TypedChoiceField(
        label=_("Reader"),
        coerce=int,
        error_messages={
            "required": _("Choose the reader"),
            "invalid_choice": _("This person can no longer sign in. Choose again."),
        },
    )

    def __init__(self, *args, drive, **kwargs):
        super().__init__(*args, **kwargs)
        reads = User.objects.filter(is_active=True, readings__application__drive=drive).select_related("person")
        people = {user.pk: user.person.name for rows in (reads.distinct(), _near(drive)) for user in rows}
        posts = _posts(people)
        named = [(pk, f"{name} · {posts[pk]}" if pk in posts else name) for pk, name in people.items()]
        self.fields["reader"].choices = [("", _("choose one")), *sorted(named, key=lambda pair: pair[1])]


def _near(drive):
    """Office-bearers of the drive's line of units up to the state, and in-charges at and below it."""
    line = [getattr(drive.unit, f"{level}_id") for level in ANCESTORS if getattr(drive.unit, f"{level}_id")]
    line.append(drive.unit_id)
    above = Q(seat__unit__in=line) & (Q(seat__unit__level=Level.STATE) | Q(seat__post__role=Role.INCHARGE))
    below = drive.unit.reach("seat__unit") & Q(seat__post__role=Role.INCHARGE)
    holders = Appointment.objects.current().filter(above | below).values("person")
    users = User.objects.filter(is_active=True, person__in=holders).select_related("person")
    return users.order_by("person__name")[:MOST]


def _found(q):
    """By words of the name in either script, or the end of the number."""
    rows = User.objects.filter(is_active=True).select_related("person").order_by("person__name")
    digits = "".join(str(int(sign)) for sign in q if sign.isdecimal())
    if len(digits) >= PHONE_END:
        return rows.filter(phone__endswith=digits[-10:])[:FOUND]
    keys = [key for key in map(folding.key, q.split()) if key]
    for key in keys:
        rows = rows.filter(person__name_key__contains=key)
    return rows[:FOUND] if keys else []


def _posts(people):
    """User → one post they hold now, in words."""
    rows = Appointment.objects.current().filter(person__user__in=people)
    rows = rows.select_related("seat__post", "seat__unit", "person__user")
    return {row.person.user.pk: str(row.seat) for row in rows}
