"""A place is offered until a last moment: yes, no, or silence, which ends it; then the next in line is proposed."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from applications.domain import reviewing, telling
from applications.models import Application, Drive
from applications.states import Status
from committees import access
from committees.access import Right
from interviews.domain import conflicts, promoting
from interviews.models import Decision, Offer
from interviews.moments import OFFERS
from interviews.states import MoreTime, OfferState, Outcome, Reason
from portal import addresses, audit, codes, outbox, personal
from portal.models import Notice, User
from portal.transitions import NotAllowed, Stale

TO_ANSWER = 5  # days, unless the office says otherwise
LAST = time(23, 59)  # of the last day
RESTS = timedelta(hours=12)  # who was written to so shortly before is not reminded
USEFUL_FOR = timedelta(days=7)
OFFERED = "offered the place"


class Closed(Exception):
    """It was answered, its time is over, or the place is not to be had any more."""


class NotLater(Exception):
    """More time ends later than the time that was given."""


def unasked(drive: Drive) -> QuerySet[Decision]:
    """Who is selected on a frozen day, or was promoted, and was not asked yet."""
    rows = Decision.objects.filter(interview__day__drive=drive, approved_at__isnull=False, offer=None)
    rows = rows.filter(interview__day__frozen_at__isnull=False, interview__application__status=Status.SELECTED)
    return rows.select_related("post", "interview__application__unit__district").order_by("approved_at", "pk")


def of_drive(drive: Drive) -> QuerySet[Offer]:
    """Every offer of a drive, the one that ends last in front."""
    rows = Offer.objects.filter(decision__interview__day__drive=drive)
    rows = rows.select_related("decision__post", "decision__interview__application__unit__district", "sent_by__person")
    return rows.order_by("-expires_at", "pk")


def state_of(offer: Offer, now: datetime) -> OfferState:
    """Where it stands; needs the application with it."""
    status = offer.decision.interview.application.status
    if offer.takes_it is False or (status == Status.WITHDRAWN and not offer.lapsed_at):
        return OfferState.NO
    if status == Status.APPOINTED:
        return OfferState.SEATED
    if offer.takes_it:
        return OfferState.YES
    return OfferState.SILENT if offer.lapsed_at or offer.expires_at <= now else OfferState.OPEN


def free_places(drive: Drive) -> int:
    """Places that two people gave and nobody holds, without those for which somebody is proposed."""
    given = Decision.objects.filter(interview__day__drive=drive, approved_at__isnull=False)
    held = given.filter(interview__application__status__in=[Status.SELECTED, Status.APPOINTED])
    return max(0, given.filter(outcome=Outcome.SELECTED).count() - held.count() - promoting.open_ones(drive).count())


@transaction.atomic
def send(*, drive: Drive, decisions: Collection[int], days: int, by: User, now: datetime) -> list[Offer]:
    """Ask each of these, by key, who was not asked yet; they have until the end of so many days.

    The message leaves after the news of the result. Raises ``conflicts.ConflictStands``.
    """
    Drive.objects.select_for_update().get(pk=drive.pk)  # two colleagues at once ask everyone once
    until, sent = last_moment(days, now), []
    for decision in unasked(drive).filter(pk__in=decisions):
        conflicts.check(decision.interview, by.person_id)
        offer = Offer.objects.create(decision=decision, sent_at=now, sent_by=by, expires_at=until)
        audit.record(OFFERED, offer, by=by, now=now, until=until.isoformat())
        sent.append(offer)
    outbox.queue(_notice(offer, "offer", "sent", now + reviewing.UNDO_FOR, until) for offer in sent)
    return sent


@transaction.atomic
def answer(*, offer: Offer, takes_it: bool, now: datetime) -> None:
    """What the person says, once. A no ends the application, and the next of the waiting list is proposed.

    Raises ``Closed``, ``NotAllowed`` or ``Stale``.
    """
    _settle(_open(offer, now), offer, takes_it=takes_it, answered_at=now)
    audit.record("takes the place" if takes_it else "does not take the place", offer, by=None, now=now)
    if not takes_it:
        _let_go(offer, now)


@transaction.atomic
def extend(*, offer: Offer, days: int, why: str, by: User, now: datetime) -> None:
    """Give more time, until the end of so many days from today, and say so to the person.

    Raises ``Closed``, ``NotLater``, ``conflicts.ConflictStands``; ``ValueError`` for a reason that is not on the list.
    """
    reason, until = MoreTime(why), last_moment(days, now)
    conflicts.check(offer.decision.interview, by.person_id)
    if until <= offer.expires_at:
        raise NotLater(str(offer.pk))
    _settle(_open(offer, now).filter(expires_at=offer.expires_at), offer, expires_at=until, sent_at=now)
    audit.record("gave more time to answer", offer, by=by, now=now, until=until.isoformat(), why=reason.value)
    outbox.queue([_notice(offer, "offer_more", f"more:{until.timestamp():.0f}", now, until)])


def sweep(*, now: datetime) -> dict[str, int]:
    """Remind who has not answered, end what ran out, and note who took the application back. Safe to repeat."""
    reminders = list(_reminders(now))
    outbox.queue(reminders)
    over = list(_asked().filter(expires_at__lte=now).order_by("expires_at", "pk"))
    gone = Offer.objects.exclude(takes_it=False).filter(
        lapsed_at=None, decision__interview__application__status=Status.WITHDRAWN
    )
    done = {"reminders": len(reminders), "silent": 0, "withdrew": 0}
    for offer in over:
        with suppress(Closed, NotAllowed, Stale):  # answered, appointed or given more time at this very moment
            _lapse(offer, now)
            done["silent"] += 1
    for offer in gone.select_related("decision__interview__day__drive"):
        with suppress(Closed):
            _withdrew(offer, now)
            done["withdrew"] += 1
    return done


def last_moment(days: int, now: datetime) -> datetime:
    """The end of the day so many days from today, on India's clock."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=days), LAST, zone)


def url_of(application: Application) -> str:
    """The personal link to the question."""
    ref = codes.pretty(application.ref)
    return addresses.whole("interviews:offer", ref, language=application.language, k=application.link_key)


def _asked() -> QuerySet[Offer]:
    """Offers that wait for an answer, of people who still have the place."""
    rows = Offer.objects.filter(takes_it=None, lapsed_at=None, decision__interview__application__status=Status.SELECTED)
    return rows.select_related("decision__interview__application__drive", "decision__interview__day__drive")


def _open(offer: Offer, now: datetime) -> QuerySet[Offer]:
    """This one, if it may still be answered. By key: an update cannot join what says so."""
    keys = list(_asked().filter(pk=offer.pk, expires_at__gt=now).values_list("pk", flat=True))
    return Offer.objects.filter(pk__in=keys, takes_it=None, lapsed_at=None)


def _settle(rows: QuerySet[Offer], offer: Offer, **values: object) -> None:
    """Write it down if nobody was quicker; what waits to be sent about it is no longer true."""
    if not rows.update(**values):
        raise Closed(str(offer.pk))
    for field, value in values.items():
        setattr(offer, field, value)
    outbox.cancel(_key(offer))


@transaction.atomic
def _lapse(offer: Offer, now: datetime) -> None:
    rows = Offer.objects.filter(pk=offer.pk, takes_it=None, lapsed_at=None, expires_at__lte=now)
    _settle(rows, offer, lapsed_at=now)
    audit.record("ended by silence", offer, by=None, now=now)
    _let_go(offer, now)
    outbox.queue([_notice(offer, "offer_over", "over", now, now + USEFUL_FOR), *_to_sender(offer, now)])


@transaction.atomic
def _withdrew(offer: Offer, now: datetime) -> None:
    rows = Offer.objects.filter(pk=offer.pk, lapsed_at=None).exclude(takes_it=False)
    _settle(rows, offer, takes_it=False, answered_at=now)
    _propose_next(offer, now)


def _let_go(offer: Offer, now: datetime) -> None:
    """The application is over; its news is the offer's own, not that of a result."""
    application = Application.objects.select_related("drive").get(pk=offer.decision.interview.application_id)
    with translation.override(application.language):
        words = _("no answer to the offer of a place") if offer.lapsed_at else _("did not take the place offered")
    reviewing.reject(application=application, by=None, now=now, reason=words)
    reviewing.take_back_news(applications=[application], now=now)
    _propose_next(offer, now)


def _propose_next(offer: Offer, now: datetime) -> None:
    """The next in line, in the name of who sent the offer while that person may decide; else the office sees it."""
    day = offer.decision.interview.day
    by, first = offer.sent_by, promoting.next_in_line(day.drive)
    if by is None or first is None or not free_places(day.drive) or not access.may(by, Right.DECIDE, day.unit):
        return
    with suppress(conflicts.ConflictStands, Stale):
        promoting.propose(decision=first, reason=Reason.BY_RANK, by=by, now=now)


def _reminders(now: datetime) -> Iterator[Notice]:
    for reminder in OFFERS:
        near = _asked().filter(expires_at__gt=now + reminder.until, expires_at__lte=now + reminder.before)
        for offer in near.order_by("pk"):
            due = reminder.due(offer.expires_at)
            if offer.sent_at <= due - RESTS:
                kind = f"{reminder.template.removeprefix('offer_')}:{offer.expires_at.timestamp():.0f}"
                yield _notice(offer, reminder.template, kind, due, reminder.useful_until(offer.expires_at))


def _to_sender(offer: Offer, now: datetime) -> Iterator[Notice]:
    """Who sent it hears that nobody answered, while that person still signs in."""
    application, by = offer.decision.interview.application, offer.sent_by
    if by is None or not by.is_active:
        return
    day, language = offer.decision.interview.day, by.person.language

    def words() -> dict[str, object]:
        until = telling.last_moment(offer.expires_at, language)
        page = addresses.whole("interviews:offers", *day.address, language=language)
        return {"ref": codes.pretty(application.ref), "until": until, "url": page}

    yield personal.sms(
        by.person,
        occasion=f"{_key(offer)}:lapsed",
        template="offer_lapsed",
        words=words,
        now=now,
        useful_until=now + USEFUL_FOR,
    )


def _key(offer: Offer) -> str:
    return f"offer:{offer.pk}"


def _notice(offer: Offer, template: str, kind: str, due_at: datetime, useful_until: datetime) -> Notice:
    application = offer.decision.interview.application
    return telling.notice(
        key=f"{_key(offer)}:{kind}",
        phone=application.phone,
        language=application.language,
        template=template,
        drive=application.drive,
        due_at=due_at,
        useful_until=useful_until,
        ref=codes.pretty(application.ref),
        until=telling.last_moment(offer.expires_at, application.language),
        url=url_of(application),
    )
