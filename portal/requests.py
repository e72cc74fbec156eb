"""What people ask about their own data: with a number, a due date, and an answer that reaches them.

We promise an answer in ``OWN_LIMIT``; the Rules allow ``LEGAL_LIMIT`` (rule 14(3)).
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal import audit, codes, dates, names, organisation, outbox
from portal.bilingual import spoken
from portal.models import DataRequest, Notice, User
from portal.models.privacy import RequestKind, RequestStatus

OWN_LIMIT = timedelta(days=15)
LEGAL_LIMIT = timedelta(days=90)
NUMBER_SIGNS = 8
WAITING = [RequestStatus.OPEN, RequestStatus.AGREED]
LONGEST = 2000


class Answered(Exception):
    """Somebody was quicker, or the request is closed."""


class SamePerson(Exception):
    """Who agreed to an erasure cannot be the one who carries it out."""


class NeedsSecond(Exception):
    """Nobody has agreed to the erasure yet."""


class AnswerMissing(Exception):
    """A refusal or an answer to a complaint without words."""


def name_of(thing: models.Model) -> str:
    """``applications.application:12``, as the log of events names it."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def ask(
    *,
    kind: str,
    thing: models.Model,
    phone: str,
    language: str,
    now: datetime,
    field: str = "",
    old: str = "",
    new: str = "",
    words: str = "",
) -> DataRequest:
    """Open a request and promise its number by SMS; the same matter twice is the same request."""
    matter = {"thing": name_of(thing), "kind": kind, "field": field}
    said = names.clean(words)[:LONGEST]
    try:
        with transaction.atomic():
            same = DataRequest.objects.filter(**matter, status__in=WAITING)
            found = (same.filter(words=said) if kind == RequestKind.COMPLAINT else same).first()
            if found:
                return found
            request = DataRequest.objects.create(
                **matter,
                number=codes.new(NUMBER_SIGNS),
                phone=phone,
                language=language,
                old=old[:LONGEST],
                new=names.clean(new)[:LONGEST],
                words=said,
                asked_at=now,
                due_on=timezone.localdate(now + OWN_LIMIT),
                legal_by=timezone.localdate(now + LEGAL_LIMIT),
            )
            audit.record(f"asked: {kind}", request, by=None, now=now)
            outbox.queue([_notice(request, "request_received", now)])
            return request
    except IntegrityError:
        return DataRequest.objects.get(**matter, status__in=WAITING)


@transaction.atomic
def agree(*, request: DataRequest, by: User, now: datetime) -> None:
    """The first of two persons agrees to an erasure. Raises ``Answered``."""
    waiting = DataRequest.objects.filter(pk=request.pk, kind=RequestKind.ERASE, status=RequestStatus.OPEN)
    if not waiting.update(status=RequestStatus.AGREED, first_by=by, first_at=now):
        raise Answered(request.number)
    request.refresh_from_db()
    audit.record("agreed to an erasure", request, by=by, now=now)


@transaction.atomic
def close(*, request: DataRequest, status: str, answer: str, by: User | None, now: datetime) -> None:
    """Answer and close. An erasure is done only by a second person.

    Raises ``Answered``, ``AnswerMissing``, ``NeedsSecond`` or ``SamePerson``.
    """
    said = names.clean(answer)[:LONGEST]
    erasing = request.kind == RequestKind.ERASE and status == RequestStatus.DONE
    if not said and not erasing:
        raise AnswerMissing(request.number)
    row = DataRequest.objects.select_for_update().get(pk=request.pk)
    if erasing and row.first_by_id is None and by is not None:
        raise NeedsSecond(row.number)
    if erasing and by is not None and row.first_by_id == by.pk:
        raise SamePerson(row.number)
    still = DataRequest.objects.filter(pk=row.pk, status__in=WAITING)
    if not still.update(status=status, answer=said, answered_by=by, answered_at=now):
        raise Answered(row.number)
    audit.record(f"{row.kind} {status.lower()}", row, by=by, now=now)
    if row.phone:
        outbox.queue([_notice(row, "request_answered", now)])
    request.refresh_from_db()


def waiting() -> QuerySet[DataRequest]:
    """Those without an answer, the oldest first."""
    return DataRequest.objects.filter(status__in=WAITING).order_by("asked_at", "pk")


def overdue(now: datetime) -> QuerySet[DataRequest]:
    """Those that should have had their answer by now."""
    return waiting().filter(due_on__lt=timezone.localdate(now))


def _notice(request: DataRequest, template: str, now: datetime) -> Notice:
    ours = organisation.current()
    return Notice(
        key=f"{outbox.ANSWERS}{request.number}:{template}",
        phone=request.phone,
        language=request.language,
        template=template,
        context={
            "organisation": spoken(ours, "name", request.language),
            "number": codes.pretty(request.number),
            "day": dates.short_date(request.due_on, request.language),
            "officer": ours.grievance_phone or ours.help_phone,
        },
        due_at=now,
    )
