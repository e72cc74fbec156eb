"""What has been kept long enough goes, exact to the day. The days stand in ``portal.retention``.

A thing is kept through the day before ``since + days``; on that day it is due.
Every sweep is safe to repeat, takes so many at a time and asks little when
nothing is due.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from applications.models import Application, Draft, Drive, ImportBatch
from committees.models import Appointment, FakeReport
from interviews.models import Board
from portal import audit, organisation, outbox, sealing
from portal.channels import files
from portal.me import erasing
from portal.models import DataRequest, Job, Notice, Organisation, Person, PhoneCode, Sealed, Token
from portal.models.notices import Channel, NoticeStatus
from portal.retention import TABLES

AT_ONCE = 300  # erasings in one sweep; the next one goes on


class Rule(NamedTuple):
    """One table: what is due now, and what is done with it."""

    table: str
    due: Callable[[datetime], QuerySet]
    do: Callable[[QuerySet, datetime], int]


def erase_due(*, now: datetime, dry_run: bool = False) -> dict[str, int]:
    """Erase what is due, of each table so many at a time; how many rows of each. Tells the officer once a day."""
    done = {}
    for rule in RULES:
        due = rule.due(now)
        count = due.count() if dry_run else rule.do(due[:AT_ONCE], now) if due.exists() else 0
        done[rule.table] = count
    if not dry_run and any(done.values()):
        _report(done, now)
    return done


def until(table: str, since: datetime | date) -> date | None:
    """The day on which what began its time then is due; ``None`` as long as the thing stands."""
    days = TABLES[table].keep.days
    if days is None:
        return None
    day = timezone.localdate(since) if isinstance(since, datetime) else since
    return day + timedelta(days=days)


def result_of(drive: Drive) -> date:
    """The day from which a drive's applications are kept for a year."""
    return drive.result_on or timezone.localdate(drive.closes_at)


def _before(table: str, now: datetime) -> datetime:
    """Rows of which the clock began before this moment are due."""
    day = timezone.localdate(now) - timedelta(days=(TABLES[table].keep.days or 0) - 1)
    return timezone.make_aware(datetime.combine(day, time()))


def _drives(now: datetime, days: int) -> Q:
    """Drives whose result is so many days old."""
    day = timezone.localdate(now) - timedelta(days=days)
    morning = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return Q(drive__result_on__lte=day) | Q(drive__result_on=None, drive__closes_at__lt=morning)


def _of_drives(table: str) -> Callable[[datetime], Q]:
    return lambda now: _drives(now, TABLES[table].keep.days or 0)


def _people(now: datetime) -> QuerySet[Person]:
    """Nobody's applicant, nobody's office-bearer, for a year."""
    before = _before("portal.person", now)
    sits = Appointment.objects.filter(person=OuterRef("pk")).filter(Q(until=None) | Q(until__gte=before))
    applied = Application.objects.filter(person=OuterRef("pk"), erased_at=None)
    gone = Person.objects.filter(erased_at=None, created_at__lt=before, panel_days=None, teaches=None)
    return gone.filter(~Exists(sits), ~Exists(applied)).order_by("pk")


def _messages(rows: QuerySet, now: datetime) -> int:
    """Notices, with the files of an installation that writes them down instead of sending."""
    pks = list(rows.values_list("pk", flat=True))
    files.forget(pks)
    return _deleted(Notice.objects.filter(pk__in=pks), now)


def _deleted(rows: QuerySet, now: datetime) -> int:
    pks = list(rows.values_list("pk", flat=True))
    rows.model._base_manager.filter(pk__in=pks).delete()
    return len(pks)


def _applications(rows: QuerySet[Application], now: datetime) -> int:
    found = list(rows)
    for row in found:
        erasing.erase_application(application=row, destroy_on=timezone.localdate(now), by=None, now=now)
    return len(found)


def _drafts(rows: QuerySet[Draft], now: datetime) -> int:
    found = list(rows)
    for row in found:
        erasing.erase_draft(draft=row, by=None, now=now)
    return len(found)


def _of_people(rows: QuerySet[Person], now: datetime) -> int:
    found = list(rows)
    for row in found:
        erasing.erase_person(person=row, destroy_on=timezone.localdate(now), by=None, now=now)
    return len(found)


def _files(rows: QuerySet[ImportBatch], now: datetime) -> int:
    return ImportBatch.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(content=None)


def _told(now: datetime) -> QuerySet[Notice]:
    """Answers to people of whom nothing is kept: gone as soon as they left, like their number."""
    asked = DataRequest.objects.filter(kind="erase", status="DONE", phone="").values_list("number", flat=True)
    keys = [f"{outbox.ANSWERS}{number}:request_answered" for number in asked]
    over = [NoticeStatus.SENT, NoticeStatus.FAILED, NoticeStatus.TOO_LATE, NoticeStatus.UNKNOWN, NoticeStatus.CANCELLED]
    return Notice.objects.filter(key__in=keys, status__in=over)


def _rows(model: type[Model], *, since: str) -> Callable[[datetime], QuerySet]:
    """Rows whose own time is over."""
    table = model._meta.label_lower
    return lambda now: model._base_manager.filter(**{f"{since}__lt": _before(table, now)})


RULES = [
    Rule("portal.phonecode", _rows(PhoneCode, since="sent_at"), _deleted),
    Rule(
        "portal.notice",
        lambda now: Notice.objects.annotate(left=Coalesce("sent_at", "due_at")).filter(
            Q(left__lt=_before("portal.notice", now), due_at__lt=_before("portal.notice", now))
            | Q(pk__in=_told(now).values("pk"))
        ),
        _messages,
    ),
    Rule("portal.job", _rows(Job, since="asked_at"), _deleted),
    Rule(
        "portal.token",
        lambda now: Token.objects.annotate(over=Coalesce("ended_at", "expires_at")).filter(
            over__lt=_before("portal.token", now)
        ),
        _deleted,
    ),
    Rule("portal.datarequest", _rows(DataRequest, since="answered_at"), _deleted),
    Rule("committees.fakereport", _rows(FakeReport, since="at"), _deleted),
    Rule("interviews.board", _rows(Board, since="expires_at"), _deleted),
    Rule(
        "applications.importbatch",
        lambda now: ImportBatch.objects.filter(_of_drives("applications.importbatch")(now), content__isnull=False),
        _files,
    ),
    Rule(
        "applications.draft",
        lambda now: Draft.objects.filter(submitted_as=None, drive__closes_at__lt=_before("applications.draft", now)),
        _drafts,
    ),
    Rule(
        "applications.application",
        lambda now: Application.objects.filter(_of_drives("applications.application")(now), erased_at=None),
        _applications,
    ),
    Rule("portal.person", _people, _of_people),
    Rule(
        "portal.sealed",
        lambda now: Sealed.objects.filter(destroy_on__lte=timezone.localdate(now)),
        lambda rows, now: sealing.destroy_due(now=now),
    ),
]


def _report(done: dict[str, int], now: datetime) -> None:
    """To the log each time; to the officer once a day."""
    ours = organisation.current()
    thing = Organisation.objects.first()
    if thing is None:
        return
    audit.record(
        "erased what was due", thing, by=None, now=now, **{name.replace(".", "_"): n for name, n in done.items()}
    )
    if ours.grievance_email:
        erased = sum(done[table] for table in ("applications.application", "applications.draft", "portal.person"))
        values = {"organisation": ours.name_hi, "count": erased, "boxes": done["portal.sealed"]}
        report = Notice(
            key=f"{outbox.ANSWERS}erased:{timezone.localdate(now)}",
            channel=Channel.EMAIL,
            email=ours.grievance_email,
            template="erased_report",
            context=values,
            due_at=now,
        )
        outbox.queue([report])
