"""What an in-charge does next, computed from the committees themselves: a few steps, and the tasks of each level."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Case, F, QuerySet, Sum, Value, When
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees import broadcasting, counting, reports
from committees.levels import Level
from committees.models import Appointment, Proposal, Seat, Tally, Unit
from committees.models.formation import Purpose
from committees.moments import UNREAD
from committees.reports import Coverage
from committees.states import ProposalStatus
from portal import numbers

OFFERED = 3
SILENT_FOR = timedelta(days=2)  # after which a letter without an answer is asked about


class Unread(NamedTuple):
    """A message that so many people of a part have not read."""

    number: int
    levels: list[str]
    people: int


@dataclass
class Step:
    """One thing to do, with the one button that leads there."""

    text: str
    url: str
    button: str


@dataclass
class Task:
    """The committees of one level. ``status`` as in GOV.UK's task list: cannot, to_start, under_way, done, problem."""

    level: str
    name: str
    status: str
    done: int = 0
    all: int = 0
    why: str = ""

    @property
    def label(self) -> str:
        return {
            "cannot": _("cannot start yet"),
            "to_start": _("to start"),
            "under_way": _("under way"),
            "done": _("done"),
            "problem": _("problem"),
        }[self.status]


def steps(*, unit: Unit, rows: list[Coverage], now: datetime) -> list[Step]:
    """At most ``OFFERED``: what was sent back, a message, applications, chairs, silent letters, empty seats.

    ``rows`` are the units right below with their seats, and the applications that wait there. Each page is
    offered once.
    """
    message = _message(unit, now)
    found = [*_returned(unit), *_unread(unit, message), *_applications(rows), *_chairs(unit, message, now)]
    found += [*_silent(unit, now), *_emptiest(rows)]
    first: dict[str, Step] = {}
    for step in found:
        first.setdefault(step.url, step)
    return list(first.values())[:OFFERED]


def tasks(unit: Unit, *, late: bool) -> list[Task]:
    """One for each level below, from the counts that are kept. ``late``: the date is past."""
    kept = {tally.level: tally for tally in Tally.objects.filter(unit=unit)}
    returned = set(_sent_back(unit).values_list("unit__level", flat=True))
    found: list[Task] = []
    above: Tally | None = None
    for level in list(Level)[Level(unit.level).depth + 1 :]:
        tally = kept.get(level)
        task = _task(level, tally, above, late=late, returned=level in returned)
        found.append(task)
        above = tally
    return found


def _task(level: Level, tally: Tally | None, above: Tally | None, *, late: bool, returned: bool) -> Task:
    if tally is None or not tally.units:
        return Task(level, str(level.label), "cannot", why=_("No units of this level are loaded yet."))
    task = Task(level, counting.counted(level, tally.units), "under_way", tally.formed, tally.units)
    if tally.formed == tally.units:
        task.status = "done"
    elif returned:
        task.status, task.why = "problem", _("A list was sent back.")
    elif late:
        task.status, task.why = "problem", _("The date is past.")
    elif not tally.filled:
        waits = above is not None and not above.filled
        task.status, task.why = ("cannot", _("First the level above.")) if waits else ("to_start", "")
    return task


def _sent_back(unit: Unit) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(unit.reach("unit"), purpose=Purpose.COMMITTEE, status=ProposalStatus.RETURNED)
    return rows.select_related("unit").order_by("pk")


def _returned(unit: Unit) -> list[Step]:
    rows = list(_sent_back(unit)[:OFFERED])
    return [
        Step(
            _("%(unit)s: the list was sent back") % {"unit": row.unit.title},
            row.unit.committee_url + "form/",
            _("Mend the list"),
        )
        for row in rows
    ]


def _applications(rows: list[Coverage]) -> list[Step]:
    """The unit where most people wait."""
    most = max(rows, key=lambda row: row.waiting or 0, default=None)
    if most is None or not most.waiting:
        return []
    told = ngettext("%(unit)s: %(n)d application to look at", "%(unit)s: %(n)d applications to look at", most.waiting)
    url = f"{reverse('applications:desk')}?{most.desk}"
    return [Step(told % {"unit": most.unit.title, "n": most.waiting}, url, _("Look at them"))]


def _message(unit: Unit, now: datetime) -> Unread | None:
    """The last message that came to this part and still holds, hours after it went out."""
    rows = broadcasting.live(now).filter(broadcasting.covering(unit), goes_at__lte=now + UNREAD.before)
    people = Sum(F("tallies__told") - F("tallies__acknowledged"))
    rows = rows.filter(tallies__unit=unit.pk).annotate(people=people).order_by("-number")
    found = rows.values_list("number", "levels", "people").first()
    return Unread(*found) if found else None


def _unread(unit: Unit, message: Unread | None) -> list[Step]:
    """Those who have not read it yet."""
    if message is None or not message.people:
        return []
    told = ngettext(
        "Message %(number)s: %(n)s has not read it", "Message %(number)s: %(n)s have not read it", message.people
    )
    url = f"{reverse('committees:message-status', args=[message.number])}?{urlencode({'unit': unit.path})}"
    return [Step(told % {"number": message.number, "n": numbers.lakh(message.people)}, url, _("See where it stopped"))]


def _chairs(unit: Unit, message: Unread | None, now: datetime) -> list[Step]:
    """The highest committee, one's own first, without somebody in the chair; a message may have stopped there."""
    levels = list(Level)[Level(unit.level).depth :]
    depth = Case(*(When(unit__level=level, then=Value(level.depth)) for level in levels))
    vacant = Seat.objects.vacant(now).under(unit).filter(post__in=reports.chairs(), unit__level__in=levels)
    seat = vacant.select_related("unit", "post").order_by(depth, "unit__path", "pk").first()
    if seat is None:
        return []
    told = _("%(unit)s: %(post)s vacant") % {"unit": counting.called(seat.unit), "post": seat.post.name}
    if message is not None and seat.unit.level in message.levels:
        told = _("%(vacant)s: message %(number)s stopped here") % {"vacant": told, "number": message.number}
    return [Step(told, f"{seat.unit.committee_url}form/", _("Fill the post"))]


def _silent(unit: Unit, now: datetime) -> list[Step]:
    """Letters nobody has answered for days: the oldest, and how many there are."""
    rows = Appointment.objects.current(now).under(unit).filter(accepted_at=None, since__lte=now - SILENT_FOR)
    rows = rows.filter(seat__post__in_committee=True)
    first = rows.select_related("seat__unit").order_by("since", "pk").first()
    if first is None:
        return []
    count = rows.count()
    told = ngettext(
        "%(n)d letter without an answer, first: %(unit)s", "%(n)d letters without an answer, first: %(unit)s", count
    )
    return [Step(told % {"n": count, "unit": first.seat.unit.title}, first.seat.unit.committee_url, _("Ask them"))]


def _emptiest(rows: list[Coverage]) -> list[Step]:
    """The emptiest committees right below."""
    open_ones = [row for row in rows if row.formed != reports.Formed.ANNOUNCED and row.vacant]
    return [
        Step(
            _("%(unit)s: %(filled)d of %(seats)d posts filled")
            % {"unit": row.unit.title, "filled": row.accepted, "seats": row.seats},
            f"{row.unit.committee_url}form/",
            _("Fill posts") if row.filled else _("Begin the formation"),
        )
        for row in sorted(open_ones, key=lambda row: row.accepted / row.seats)
    ]
