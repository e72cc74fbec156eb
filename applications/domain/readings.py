"""Readers and their marks, before anybody is met.

An application is given to readers; each marks it alone, on the criteria that
show on paper, and sees what others found only after that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Count, QuerySet

from applications.domain import reading_reminders, sharing
from applications.domain.sharing import Shared
from applications.models import Application, Criterion, Drive, Reading, ReadingMark
from applications.states import Status
from committees import access
from committees.access import Right
from portal import audit, names
from portal.models import User

BATCH = 500
OPEN = [Status.SUBMITTED]  # what is read; what was decided is not marked any more
MARKS = range(1, 6)


class Decided(Exception):
    """The application is no longer in the pile: its marks stay as they are."""


class NotYours(Exception):
    """This reading belongs to somebody else."""


class MayNotJudge(Exception):
    """The reader is, or is near to, one of these applicants."""


class Incomplete(Exception):
    """These ``criteria`` have neither a mark nor the word that they cannot be judged."""

    def __init__(self, criteria: list[int]) -> None:
        super().__init__(", ".join(map(str, criteria)))
        self.criteria = criteria


def in_the_pile(drive: Drive) -> QuerySet[Application]:
    """What there is to read."""
    return Application.objects.filter(drive=drive, status__in=OPEN)


@transaction.atomic
def give(*, applications: Iterable[Application], reader: User, by: User | None, now: datetime) -> int:
    """Give these to one reader, who is told; how many were new. What was decided meanwhile is left out.

    Raises ``MayNotJudge``; then nobody got anything.
    """
    rows = Application.objects.filter(pk__in=[application.pk for application in applications], status__in=OPEN)
    if rows.filter(sharing.may_not_judge(reader)).exists():
        raise MayNotJudge(str(reader.pk))
    fresh = list(rows.exclude(readings__reader=reader).order_by("pk").values_list("pk", "drive"))
    _write([(pk, reader.pk) for pk, _drive in fresh], now)
    for drive, count in Counter(drive for _pk, drive in fresh).items():
        audit.record("gave to read", Drive(pk=drive), by=by, now=now, reader=reader.pk, count=count)
    if fresh:
        reading_reminders.tell_of_new(readers=[reader], now=now)
    return len(fresh)


@transaction.atomic
def share_out(
    *,
    drive: Drive,
    applications: QuerySet[Application],
    readers: Iterable[User],
    each: int | None = None,
    twice: int = 0,
    by: User | None,
    now: datetime,
) -> Shared:
    """Share these out evenly, and tell the readers; see ``sharing.plan``. ``each`` is the drive's own when left out.

    Pressed again it gives only what is missing: what was given stays.
    """
    people = list(readers)
    rows = applications.filter(drive=drive, status__in=OPEN)
    plan = sharing.plan(drive=drive, applications=rows, readers=people, each=each or drive.readers_each, twice=twice)
    _write(plan.new, now)
    got = Counter(reader for _application, reader in plan.new)
    if got:
        audit.record("shared out to readers", drive, by=by, now=now, readers=sorted(got), count=len(plan.new))
        reading_reminders.tell_of_new(readers=[user for user in people if got[user.pk]], now=now)
    return plan


@transaction.atomic
def take_back(*, drive: Drive, reader: User, by: User, now: datetime) -> int:
    """Take from a reader what they have not read; how many."""
    unread = Reading.objects.filter(application__drive=drive, reader=reader, read_at=None)
    count, _by_kind = unread.delete()
    if count:
        audit.record("took back unread", drive, by=by, now=now, reader=reader.pk, count=count)
        reading_reminders.tell_of_new(readers=[reader], now=now)
    return count


@transaction.atomic
def mark(*, reading: Reading, marks: Mapping[int, int | None], note: str, by: User, now: datetime) -> None:
    """Write the marks: criterion → 1 to 5, or ``None`` for "cannot judge". Again until it is decided.

    Raises ``NotYours``, ``Decided`` or ``Incomplete``.
    """
    row = Reading.objects.select_for_update(of=("self",)).select_related("application").get(pk=reading.pk)
    if row.reader_id != by.pk:
        raise NotYours(str(row.pk))
    if row.application.status not in OPEN:
        raise Decided(row.application.ref)
    criteria = list(criteria_of(row.application.drive_id).values_list("pk", flat=True))
    missing = [pk for pk in criteria if pk not in marks or marks[pk] not in {None, *MARKS}]
    if missing:
        raise Incomplete(missing)
    row.marks.all().delete()
    ReadingMark.objects.bulk_create(
        ReadingMark(reading=row, criterion_id=pk, mark=given) for pk in criteria if (given := marks[pk]) is not None
    )
    row.note, row.read_at = names.clean(note)[:600], now
    row.save(update_fields=["note", "read_at"])
    audit.record("read and marked", row.application, by=by, now=now)


def criteria_of(drive: int) -> QuerySet[Criterion]:
    """What readers mark in this drive, in order."""
    return Criterion.objects.filter(drive=drive, is_read=True).order_by("order")


@transaction.atomic
def next_for(*, drive: Drive, by: User, now: datetime, after: Reading | None = None) -> Reading | None:
    """What this person reads next, or nothing.

    First what was given to them and is unread, going round behind ``after``.
    Who reads for a whole area then gets the least read of the drive, which
    becomes theirs by this call; of several alike one by lot.
    """
    readable = in_the_pile(drive).exclude(sharing.may_not_judge(by)).values("pk")
    waiting = list(Reading.objects.filter(reader=by, read_at=None, application__in=readable).order_by("pk"))
    if waiting:
        behind = [row for row in waiting if after is None or row.pk > after.pk]
        return (behind or waiting)[0]
    return _take_least_read(drive, by, now)


def _take_least_read(drive: Drive, by: User, now: datetime) -> Reading | None:
    """Locks the row it found and looks again: of two who press at once, one goes on to the next."""
    rows = access.narrow(in_the_pile(drive), user=by, right=Right.READ).exclude(sharing.may_not_judge(by))
    rows = rows.exclude(readings__reader=by)
    while found := _least_read(rows, drive, by):
        application, count = found
        locked = Application.objects.select_for_update().filter(pk=application, status__in=OPEN)
        if locked.exists() and Reading.objects.filter(application=application).count() == count:
            _write([(application, by.pk)], now)
            return Reading.objects.get(application=application, reader=by)
    return None


def _least_read(rows: QuerySet[Application], drive: Drive, by: User) -> tuple[int, int] | None:
    """(application, how many read it): one of the least read, as long as any lacks readers."""
    keys = rows.order_by().values("pk")
    counted = Application.objects.filter(pk__in=keys).annotate(n=Count("readings")).filter(n__lt=drive.readers_each)
    fewest = list(counted.order_by("n").values_list("pk", "n"))
    alike = [pk for pk, n in fewest if n == fewest[0][1]]
    if not alike:
        return None
    return min(alike, key=lambda pk: sha256(f"{by.pk}:{pk}".encode()).digest()), fewest[0][1]


def _write(pairs: Iterable[tuple[int, int]], now: datetime) -> None:
    """Whoever gives the same at the same time writes it once: ``one_reading_a_reader``."""
    rows = [Reading(application_id=application, reader_id=reader, given_at=now) for application, reader in pairs]
    Reading.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
