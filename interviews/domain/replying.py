"""What an applicant says to the call, by the personal link: coming, not coming, another time; and to an offer."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import IntegrityError, transaction

from interviews.domain import calling, scheduling
from interviews.domain.calling import Closed
from interviews.models import Interview, Slot, TimeRequest
from interviews.states import Answer, Settled, Status
from portal import audit, names, outbox
from portal.transitions import Stale


class BadHours(Exception):
    """The hours end before they begin."""


@transaction.atomic
def answer(
    *,
    interview: Interview,
    answer: str,
    note: str = "",
    why: str = "",
    not_before: time | None = None,
    not_after: time | None = None,
    now: datetime,
) -> None:
    """What the applicant says to the call; it may be changed until the interview begins.

    Who asks for another time may say between which hours, and why: that waits for the
    office as a ``TimeRequest``, and any other answer takes it back. Raises
    ``Closed`` and ``BadHours``.
    """
    said, words = Answer(answer), names.clean(note)[:200]
    if not_before and not_after and not_before >= not_after:
        raise BadHours(f"{not_before}–{not_after}")
    say(interview=interview, said=said, note="" if said == Answer.OTHER else words, now=now)
    wish = {"wished_from": not_before, "wished_until": not_after, "note": words, "asked_at": now}
    wish["why"] = names.clean(why)[:200]
    asked = open_request(interview)
    if said != Answer.OTHER:
        settle(interview=interview, now=now)
    elif asked:
        outbox.cancel(f"time_offered:{asked.pk}")
        TimeRequest.objects.filter(pk=asked.pk, settled_at=None).update(**wish, offered=None, outcome="")
    else:
        _ask(interview, wish)
    audit.record(f"answered {said.value}", interview, by=None, now=now)


def say(*, interview: Interview, said: Answer, note: str = "", now: datetime) -> None:
    """Write the answer down. Raises ``Closed`` when the interview has begun, is over or was taken back."""
    rows = Interview.objects.in_plan().filter(pk=interview.pk, status=Status.CALLED, called_for__gt=now)
    # By key: an update cannot join the tables that say whether the interview is void.
    open_ones = Interview.objects.filter(pk__in=list(rows.values_list("pk", flat=True)), status=Status.CALLED)
    if not open_ones.update(answer=said, answer_note=note, answered_at=now):
        raise Closed(str(interview.pk))
    interview.answer, interview.answer_note, interview.answered_at = said, note, now


def open_request(interview: Interview) -> TimeRequest | None:
    """What the person asked for and nobody settled."""
    rows = TimeRequest.objects.filter(interview=interview, settled_at=None)
    return rows.select_related("offered__panel").first()


def offer_to(interview: Interview) -> TimeRequest | None:
    """The request for which the office offers a time that is still free."""
    asked = open_request(interview)
    return asked if asked and asked.offered and not scheduling.is_held(asked.offered) else None


@transaction.atomic
def take_offer(*, interview: Interview, slot: int, now: datetime) -> None:
    """Yes to the offered time with the key ``slot``: it is the person's now, and told so with a new call.

    Raises ``Stale`` when the office offers something else meanwhile,
    ``SlotTaken`` when somebody has it, ``Closed`` when it is past, and what ``scheduling.place`` raises.
    """
    asked = _offered(interview, slot)
    if asked.offered is None or asked.offered.starts_at <= now:
        raise Closed(str(interview.pk))
    _settle(asked, Settled.GIVEN, now)
    move_to(interview=interview, slot=asked.offered, because=[["offered"]], now=now)


@transaction.atomic
def leave_offer(*, interview: Interview, slot: int, now: datetime) -> None:
    """No to the offered time: the former one stands, and whether the person comes is open. Raises ``Stale``."""
    asked = _offered(interview, slot)
    _settle(asked, Settled.OFFERED, now)
    Interview.objects.filter(pk=interview.pk, answer=Answer.OTHER).update(answer="", answered_at=None)
    audit.record("left the offered time", interview, by=None, now=now, slot=slot)


def move_to(*, interview: Interview, slot: Slot, because: list[list[str]], now: datetime) -> None:
    """The person agreed to this very time: write it, tell it, note that they come. Within a transaction."""
    scheduling.place(interview=interview, slot=slot, is_agreed=True, because=because, by=None, now=now)
    calling.tell_one(interview=interview, by=None, now=now)
    say(interview=interview, said=Answer.YES, now=now)


def settle(*, interview: Interview, now: datetime) -> None:
    """The person asks no more: an open request ends without an outcome."""
    asked = open_request(interview)
    if asked:
        outbox.cancel(f"time_offered:{asked.pk}")
        TimeRequest.objects.filter(pk=asked.pk, settled_at=None).update(settled_at=now, offered=None, outcome="")


def _ask(interview: Interview, wish: Mapping[str, object]) -> None:
    try:
        with transaction.atomic():
            TimeRequest.objects.create(interview=interview, **wish)
    except IntegrityError as problem:
        raise Stale(str(interview.pk)) from problem


def _offered(interview: Interview, slot: int) -> TimeRequest:
    rows = TimeRequest.objects.filter(interview=interview, settled_at=None, offered=slot)
    asked = rows.select_related("offered__panel__day").first()
    if asked is None:
        raise Stale(str(interview.pk))
    return asked


def _settle(asked: TimeRequest, outcome: Settled, now: datetime) -> None:
    rows = TimeRequest.objects.filter(pk=asked.pk, settled_at=None, offered=asked.offered_id)
    if not rows.update(outcome=outcome, settled_at=now):
        raise Stale(str(asked.pk))
