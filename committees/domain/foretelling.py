"""What comes soon is told before: a planned visit the evening before, a term's end two weeks before it."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from committees.days import day_of
from committees.domain import letters
from committees.levels import ANCESTORS, Level, Role
from committees.models import Appointment, Visit
from committees.moments import TERM, TERM_ABOVE, VISIT
from committees.querysets import AppointmentQuerySet
from portal import addresses, dates, outbox, personal
from portal.models import Notice, Person
from portal.moments import start_of

A_SWEEP = 300


def remind(*, now: datetime) -> dict[str, int]:
    """Promise what is due now. Safe to run as often as you like: the key lets each promise in once."""
    days = _days(now) if TERM.hour_has_come(now) else []
    done = {
        "visits": list(_visits(now)) if VISIT.hour_has_come(now) else [],
        "terms": list(_terms(now)) if days else [],
        "terms_above": [notice for day in days for notice in _above(day, now)],
    }
    for notices in done.values():
        outbox.queue(notices)
    return {name: len(notices) for name, notices in done.items()}


def _visits(now: datetime) -> Iterator[Notice]:
    """Who planned a visit for tomorrow, and planned it before this evening."""
    tomorrow = day_of(now) + VISIT.before
    rows = Visit.objects.filter(on=tomorrow, made_at__lt=VISIT.due(start_of(tomorrow)), person__erased_at=None)
    rows = _untold(rows, f"{VISIT.template}:", "pk", f":{tomorrow}:sms")
    for row in rows.select_related("person", "unit").order_by("pk")[:A_SWEEP]:
        yield _of_visit(row, now)


def _of_visit(row: Visit, now: datetime) -> Notice:
    def words() -> dict[str, object]:
        page = addresses.whole("committees:visits", language=row.person.language)
        return {"date": dates.short_date(row.on), "place": row.place, "unit": row.unit.title, "url": page}

    occasion = f"{VISIT.template}:{row.pk}:{row.on}"
    until = VISIT.useful_until(start_of(row.on))
    return personal.sms(
        row.person, occasion=occasion, template=VISIT.template, words=words, now=now, useful_until=until
    )


def _ending(now: datetime) -> QuerySet[Appointment]:
    """Whose term ends within two weeks; what was lent ends as it was told."""
    rows = Appointment.objects.current(now).filter(lent_by=None, person__erased_at=None)
    return rows.filter(term_ends__gte=day_of(now), term_ends__lte=day_of(now) + TERM.before)


def _terms(now: datetime) -> Iterator[Notice]:
    """Each person once, unless the term was that short from its beginning."""
    rows = _ending(now).filter(since__lt=now - TERM.before).select_related("person", "seat__post", "seat__unit")
    rows = _untold(rows, f"{TERM.template}:", "pk", ":", "term_ends", ":sms")
    for row in rows.order_by("pk")[:A_SWEEP]:
        last = row.term_ends or date.max
        until = TERM.useful_until(start_of(last))
        yield letters.notice(
            appointment=row, template=TERM.template, now=now, useful_until=until, when=last.isoformat(), day=last
        )


def _days(now: datetime) -> list[date]:
    """On which terms end: of few days the rest need not be asked, of most none."""
    days = _ending(now).order_by("term_ends").values_list("term_ends", flat=True).distinct()
    return [day for day in days if day]


def _above(last: date, now: datetime) -> Iterator[Notice]:
    """Whoever leads a unit in which terms end on that day: once, with how many."""
    rows = Appointment.objects.current(now).filter(lent_by=None, term_ends=last)
    below = reduce(or_, (Q(**{f"seat__unit__{level}": OuterRef("seat__unit")}) for level in ANCESTORS))
    leaders = Appointment.objects.current(now).with_role(Role.INCHARGE, Role.STATE_OFFICE)
    leaders = _untold(leaders.filter(Exists(rows.filter(below))), f"{TERM_ABOVE.template}:", "pk", f":{last}:sms")
    for leader in leaders.select_related("person", "seat__unit", "seat__post").order_by("pk")[:A_SWEEP]:
        yield from _to_leader(leader, rows, last, now)


def _to_leader(leader: Appointment, rows: AppointmentQuerySet, last: date, now: datetime) -> Iterator[Notice]:
    """The office hears of its state and its districts, an in-charge of all that is below."""
    theirs = rows.under(leader.seat.unit).exclude(person=leader.person_id)
    if leader.seat.post.role == Role.STATE_OFFICE:
        theirs = theirs.filter(seat__unit__level__in=[Level.STATE, Level.DISTRICT])
    if count := theirs.count():
        yield _of_terms(leader.person, leader, count, last, now)


def _of_terms(person: Person, leader: Appointment, count: int, last: date, now: datetime) -> Notice:
    def words() -> dict[str, object]:
        unit = leader.seat.unit
        page = addresses.whole("committees:committee", *filter(None, [unit.path]), language=person.language)
        return {"unit": unit.title, "count": count, "date": dates.short_date(last), "url": page}

    return personal.sms(
        person,
        occasion=f"{TERM_ABOVE.template}:{leader.pk}:{last}",
        template=TERM_ABOVE.template,
        words=words,
        now=now,
        useful_until=TERM_ABOVE.useful_until(start_of(last)),
    )


def _untold(rows: QuerySet, *parts: str) -> QuerySet:
    """Those for whom no promise stands under the key of these parts; a name of a column is its value."""
    pieces = [Value(part) if part.endswith(":") or part.startswith(":") else Cast(part, CharField()) for part in parts]
    named = rows.alias(its_key=Concat(*pieces, output_field=CharField()))
    return named.exclude(Exists(Notice.objects.filter(key=OuterRef("its_key"))))
