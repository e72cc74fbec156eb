"""What readers found, and how far they are: for the pages, nothing is written here."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db.models import Avg, Count, F, Q

from applications.domain import reading_reminders
from applications.models import Application, Criterion, Drive, Reading, ReadingMark
from applications.states import Status
from portal.models import User

SPREAD = 2  # this far apart, two readers should talk
LIVE = Q(application__status=Status.SUBMITTED) | Q(read_at__isnull=False)  # what nobody needs to read any more is gone


class Line(NamedTuple):
    """One criterion: the mean of its marks, how many there are, and whether they lie far apart."""

    criterion: Criterion
    mean: float | None
    n: int
    is_spread: bool
    marks: list[int]


class Found(NamedTuple):
    """All readings of one application together."""

    lines: list[Line]
    readings: list[Reading]  # the read ones, with their reader
    given: int

    @property
    def mean(self):
        """Of the means of the criteria, by their weight; ``None`` without marks."""
        marked = [line for line in self.lines if line.mean is not None]
        weight = sum(line.criterion.weight for line in marked)
        return sum(line.mean * line.criterion.weight for line in marked) / weight if marked else None


class Reader(NamedTuple):
    """One line of the readers' page. ``lean``: how far the marks lie above (below: −) others' on the same papers."""

    user: User
    given: int
    read: int
    since: datetime | None  # how long the oldest unread one lies
    mean: float | None
    lean: float | None

    @property
    def unread(self):
        return self.given - self.read


def of(*, application: Application, user: User) -> Found | None:
    """What ``_readings.html`` shows; nothing for a reader who has not given marks of their own yet."""
    readings = list(application.readings.select_related("reader__person").prefetch_related("marks").order_by("read_at"))
    if any(row.reader_id == user.pk and row.read_at is None for row in readings):
        return None
    read = [row for row in readings if row.read_at]
    marks = defaultdict(list)
    for row in read:
        for given in row.marks.all():
            marks[given.criterion_id].append(given.mark)
    criteria = Criterion.objects.filter(drive=application.drive_id, is_read=True).order_by("order")
    return Found([_line(criterion, marks[criterion.pk]) for criterion in criteria], read, len(readings))


def _line(criterion: Criterion, marks: list[int]) -> Line:
    mean = sum(marks) / len(marks) if marks else None
    return Line(criterion, mean, len(marks), bool(marks) and max(marks) - min(marks) >= SPREAD, sorted(marks))


def mine(user: User) -> list[dict]:
    """The drives in which something was given to this reader: drive, given, read, latest first."""
    rows = Reading.objects.filter(LIVE, reader=user)
    counts = rows.order_by().values("application__drive").annotate(given=Count("pk"), read=Count("read_at"))
    drives = Drive.objects.in_bulk([row["application__drive"] for row in counts])
    found = [{"drive": drives[row["application__drive"]], "given": row["given"], "read": row["read"]} for row in counts]
    return sorted(found, key=lambda row: (row["given"] == row["read"], -row["drive"].closes_at.timestamp()))


def readers(drive: Drive) -> list[Reader]:
    """Who reads in this drive, those with most unread first."""
    rows = Reading.objects.filter(LIVE, application__drive=drive).order_by().values("reader")
    counts = {row["reader"]: row for row in rows.annotate(given=Count("pk"), read=Count("read_at"))}
    users = User.objects.select_related("person").in_bulk(list(counts))
    since = reading_reminders.oldest_unread(drive=drive)
    means, leans = _leanings(drive)
    found = [
        Reader(users[pk], row["given"], row["read"], since.get(pk), means.get(pk), leans.get(pk))
        for pk, row in counts.items()
    ]
    return sorted(found, key=lambda line: (line.read - line.given, line.user.person.name))


def _leanings(drive: Drive) -> tuple[dict[int, float], dict[int, float]]:
    """Reader → mean of their marks, and how far they lie from the others' on the same applications."""
    rows = ReadingMark.objects.filter(reading__application__drive=drive).order_by()
    rows = rows.values(reader=F("reading__reader"), application=F("reading__application")).annotate(mean=Avg("mark"))
    own, by_application = defaultdict(list), defaultdict(dict)
    for row in rows:
        own[row["reader"]].append(row["mean"])
        by_application[row["application"]][row["reader"]] = row["mean"]
    apart = defaultdict(list)
    for given in by_application.values():
        for reader, mean in given.items():
            others = [other for pk, other in given.items() if pk != reader]
            if others:
                apart[reader].append(mean - _mean(others))
    return {pk: _mean(all_) for pk, all_ in own.items()}, {pk: _mean(all_) for pk, all_ in apart.items()}


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
