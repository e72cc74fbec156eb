"""What was not heeded is told to the level above: an appointment without an answer, a date that is past."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from committees import above
from committees.days import day_of
from committees.domain import behind
from committees.levels import Role
from committees.models import Appointment
from committees.moments import ANSWER_LATE, FORM_LATE
from portal import addresses, dates, outbox, personal
from portal.models import Notice, Person
from portal.moments import start_of


def remind(*, now: datetime) -> dict[str, int]:
    """Promise what is due now. Safe to run as often as you like: the key lets each promise in once."""
    done = {"answers_late": list(_answers(now)), "committees_late": list(_committees(now))}
    for notices in done.values():
        outbox.queue(notices)
    return {name: len(notices) for name, notices in done.items()}


def _incharges(now: datetime) -> QuerySet[Appointment]:
    rows = Appointment.objects.current(now).with_role(Role.INCHARGE)
    return rows.select_related("person", "seat__post", "seat__unit__parent").order_by("pk")


def _answers(now: datetime) -> Iterator[Notice]:
    """In-charges who said nothing even after they were asked."""
    silent = _incharges(now).filter(accepted_at=None, since__lte=now + ANSWER_LATE.before)
    for row in _new(list(silent.filter(since__gt=now + ANSWER_LATE.until)), ANSWER_LATE.template):
        until = ANSWER_LATE.useful_until(row.since)
        for number, person in enumerate(above.above(row.seat.unit, now)):
            yield _of_answer(row, person, number, now, until)


def _of_answer(row: Appointment, person: Person, number: int, now: datetime, until: datetime) -> Notice:
    def words() -> dict[str, object]:
        page = addresses.whole("committees:incharges", language=person.language)
        return {"who": row.person.name, "post": row.seat.post.name, "unit": row.seat.unit.title, "url": page}

    return personal.sms(
        person,
        occasion=f"{_stem(row, ANSWER_LATE.template)}:{number}",
        template=ANSWER_LATE.template,
        words=words,
        now=now,
        useful_until=until,
    )


def _committees(now: datetime) -> Iterator[Notice]:
    """In-charges whose date is past while committees are lacking: they and the level above."""
    if not FORM_LATE.hour_has_come(now):
        return
    first, last = day_of(now) + FORM_LATE.until, day_of(now) + FORM_LATE.before
    past = list(_incharges(now).filter(form_by__gt=first, form_by__lte=last))
    for one in behind.behind(_new(past, FORM_LATE.template), now):
        if one.is_late:
            people = [one.appointment.person, *above.above(one.appointment.seat.unit, now)]
            for number, person in enumerate(dict.fromkeys(people)):
                yield _of_committees(one, person, number, now)


def _of_committees(one: behind.Behind, person: Person, number: int, now: datetime) -> Notice:
    row, is_own = one.appointment, person.pk == one.appointment.person_id
    date = row.form_by or day_of(now)

    def words() -> dict[str, object]:
        page = addresses.whole("committees:my" if is_own else "committees:behind", language=person.language)
        said = {"unit": row.seat.unit.title, "date": dates.short_date(date), "count": one.all - one.formed}
        return said | {"url": page}

    return personal.sms(
        person,
        occasion=f"{_stem(row, FORM_LATE.template)}:{number}",
        template=FORM_LATE.template,
        words=words,
        now=now,
        useful_until=FORM_LATE.useful_until(start_of(date)),
    )


def _new(rows: list[Appointment], template: str) -> list[Appointment]:
    """Those of whom nobody was told yet."""
    keys = {f"{_stem(row, template)}:0:sms": row for row in rows}
    told = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    return [row for key, row in keys.items() if key not in told]


def _stem(row: Appointment, template: str) -> str:
    """With the date: another one is another occasion."""
    return f"{template}:{row.pk}:{row.form_by or ''}"
