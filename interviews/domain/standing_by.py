"""Who stands by: the office names people who may be called on the day when fewer come than were called."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.models.answers import CanCome
from applications.states import Status as Applied
from interviews.domain import facts, hours, seating
from interviews.domain.calling import Sample, call_url, organisation_name
from interviews.domain.reserve import on_standby
from interviews.domain.scheduling import HasInterview, NotShortlisted, open_or_raise, unplaced
from interviews.models import Interview, InterviewDay, Panel
from interviews.states import Status
from portal import audit, dates, outbox, wording
from portal.bilingual import spoken
from portal.models import Notice, User
from portal.transitions import Stale


class Order(models.TextChoices):
    """Who is asked to stand by first."""

    NEAR = "near", _("who is here soonest: the nearest first")
    TURN = "turn", _("who applied first")
    READ = "read", _("whom the readers marked highest")


def propose(
    *, day: InterviewDay, people: Iterable[Application], count: int, order: str
) -> list[tuple[Application, list[seating.Reason]]]:
    """The first ``count`` of those without a time who can come, with the reasons.

    ``people`` are those whom the asking person sees, with ``unit__district``
    selected, in the order of applying, and with ``score`` for the order of the
    readers. Nobody is among them for whom no panel of the day could ever be.
    """
    able = [person for person in people if person.can_come == CanCome.YES]
    guests = {guest.key: guest for guest in facts.guests([day], able)}
    members = [
        {stay.person_id for stay in panel.memberships.all()}
        for panel in Panel.objects.filter(day=day).prefetch_related("memberships")
    ]
    able = [one for one in able if not members or any(not guests[one.pk].apart & who for who in members)]
    turns = {person.pk: number for number, person in enumerate(able, start=1)}
    marks = {person.pk: getattr(person, "score", None) for person in able}
    rank = {
        Order.NEAR: {pk: float(guests[pk].km) for pk in turns},
        Order.TURN: dict.fromkeys(turns, 0.0),
        Order.READ: {pk: -(marks[pk] or 0.0) for pk in turns},
    }[Order(order)]
    chosen = sorted(able, key=lambda person: (rank[person.pk], turns[person.pk]))[:count]
    return [(one, _why(day, guests[one.pk], turns[one.pk], marks[one.pk], Order(order))) for one in chosen]


def by_hand(*, day: InterviewDay, application: Application) -> list[tuple[Application, list[seating.Reason]]]:
    """One person whom the office picked, as ``propose`` gives them."""
    [guest] = facts.guests([day], [application])
    return [(application, [["hand"], *_near(day, guest)])]


@transaction.atomic
def name_all(
    *,
    day: InterviewDay,
    chosen: Sequence[tuple[Application, list[seating.Reason]]],
    by: User | None,
    now: datetime,
) -> int:
    """Put these at the end of the list, in this order; nobody is told yet. Returns how many.

    Raises ``DayClosed``, ``NotShortlisted``, ``HasInterview``, and ``Stale`` when a colleague named somebody meanwhile.
    """
    open_or_raise(day)
    for application, because in chosen:
        _name(day, application, because)
    audit.record("named standby", day, by=by, now=now, people=len(chosen))
    return len(chosen)


@transaction.atomic
def take_off(*, interview: Interview, by: User | None, now: datetime) -> None:
    """Off the list; who was told to stand by hears that it is over.

    ``by`` is nobody when the person cannot stand by. Raises ``DayClosed``,
    and ``Stale`` for one who came or was called meanwhile.
    """
    open_or_raise(interview.day)
    waiting = on_standby(interview.day).filter(pk=interview.pk, standby_called_at=None)
    rows = Interview.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)), status=Status.PLANNED)
    was_told = interview.called_at is not None
    if not rows.update(standby=None, called_at=None, placed_because=[]):
        raise Stale(str(interview.pk))
    unheard = outbox.cancel(f"standby:{interview.pk}")
    interview.standby = interview.called_at = None
    audit.record("off standby", interview, by=by, now=now)
    if by and was_told and not unheard:
        outbox.queue([_notice(interview, "standby_over", now)])


def untold(day: InterviewDay) -> list[Interview]:
    """Those of the list who do not know it yet."""
    return list(on_standby(day).filter(called_at=None, standby_called_at=None))


@transaction.atomic
def tell(*, day: InterviewDay, by: User | None, now: datetime) -> int:
    """Tell those who do not know it yet that they stand by, and what that means. Returns how many.

    Raises ``DayClosed``.
    """
    open_or_raise(day)
    rows = untold(day)
    told = [row for row in rows if Interview.objects.filter(pk=row.pk, called_at=None).update(called_at=now)]
    if now < hours.moment(day.date, day.ends):
        outbox.queue(_notice(row, "standby", now) for row in told)
    audit.record("told standby", day, by=by, now=now, people=len(told))
    return len(told)


def tell_anew(*, day: InterviewDay, now: datetime) -> None:
    """Who knows that they stand by hears of the day's new date. Within a transaction."""
    rows = list(on_standby(day).exclude(called_at=None))
    for row in rows:
        outbox.cancel(f"standby:{row.pk}")
    outbox.queue(_notice(row, "standby", now) for row in rows)


def sample(rows: Sequence[Interview], now: datetime) -> Sample | None:
    """The message as it will read for the first of them."""
    if not rows:
        return None
    text = wording.of(_notice(rows[0], "standby", now), wording.of_the_office()).text
    return Sample(rows[0].application.name, text, wording.segments(text))


def _name(day: InterviewDay, application: Application, because: list[seating.Reason]) -> None:
    if application.status != Applied.SHORTLISTED or application.drive_id != day.drive_id:
        raise NotShortlisted(application.ref)
    if not unplaced(day).filter(pk=application.pk).exists():
        raise HasInterview(application.ref)
    last = Interview.objects.of_day(day).aggregate(last=Max("standby"))["last"] or 0
    values = {"standby": last + 1, "placed_because": because, "called_at": None, "standby_called_at": None}
    has = Interview.objects.of_day(day).in_plan().filter(application=application).first()
    try:
        with transaction.atomic():
            if has is None:
                Interview.objects.create(day=day, application=application, **values)
            elif has.called_for or has.standby:
                raise HasInterview(application.ref)
            elif not Interview.objects.filter(pk=has.pk, slot=None, status=Status.PLANNED).update(**values):
                raise Stale(str(has.pk))
    except IntegrityError as problem:
        raise Stale(application.ref) from problem


def _why(day: InterviewDay, guest: seating.Guest, turn: int, mark: float | None, order: Order) -> list[seating.Reason]:
    near: list[seating.Reason] = _near(day, guest)
    first: seating.Reason = ["read", round(mark or 0, 1)] if order == Order.READ else ["applied", turn]
    return near if near and order == Order.NEAR else [first, *near]


def _near(day: InterviewDay, guest: seating.Guest) -> list[seating.Reason]:
    """How far it is, where the day says in which district it is held."""
    return [["km", guest.km]] if day.held_in_id or not day.unit.is_root else []


def _notice(interview: Interview, template: str, now: datetime) -> Notice:
    application, day = interview.application, interview.day
    language, ends = application.language, hours.moment(day.date, day.ends)
    return Notice(
        key=f"{template}:{interview.pk}:{now:%Y%m%d%H%M%S}",
        phone=application.phone,
        language=language,
        template=template,
        context={
            "organisation": organisation_name(language),
            "date": dates.short_date(ends.astimezone(ZoneInfo(settings.TIME_ZONE)), language),
            "place": spoken(day, "place", language),
            "url": call_url(application),
        },
        due_at=now,
        useful_until=ends if ends > now else None,
    )
