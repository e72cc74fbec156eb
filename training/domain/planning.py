"""A workshop is planned, changed, or cancelled; whoever is invited hears of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from committees.models import Unit
from portal import audit, outbox, people
from portal.accounts import opening
from portal.models import Person, User
from training.domain import inviting, sessions, telling
from training.domain.sessions import Part
from training.models import Workshop

TOLD_OF = ["starts_at", "ends_at", "place_hi", "place_en"]  # what people must know when it changes
CODE = "23456789abcdefghjkmnpqrstvwxyz"


class TooSmall(Exception):
    """More people have a place than the new number of seats. ``taken`` is the least possible."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


class Gone(Exception):
    """The workshop is over or was cancelled."""


@transaction.atomic
def plan(
    *,
    unit: Unit,
    trainers: Sequence[Person] = (),
    new_trainer: tuple[str, str] | None = None,
    parts: Sequence[Part] = (),
    by: User | None,
    now: datetime,
    **details: Any,
) -> Workshop:
    """A new workshop. Invitations go out by themselves from ``invites_from``.

    ``details`` are the workshop's columns; ``parts`` its sessions, from which its times follow (without them, one
    from ``starts_at`` to ``ends_at``); ``new_trainer`` is phone and name of one more person, who then may sign in.
    Raises ``people.AnotherName`` or ``opening.PhoneTaken``.
    """
    word = slugify(details.get("title_en", ""))[:30].strip("-") or "w"
    parts = parts or [Part(details["starts_at"], details["ends_at"])]
    slug = f"{word}-{get_random_string(5, CODE)}"
    workshop = Workshop.objects.create(unit=unit, slug=slug, **details | sessions.span(parts))
    sessions.arrange(workshop=workshop, parts=parts, by=by, now=now)
    _set_trainers(workshop, trainers, new_trainer, by, now)
    audit.record("planned", workshop, by=by, now=now)
    return workshop


@transaction.atomic
def change(
    *,
    workshop: Workshop,
    trainers: Sequence[Person],
    new_trainer: tuple[str, str] | None = None,
    parts: Sequence[Part] = (),
    by: User | None,
    now: datetime,
    **details: Any,
) -> None:
    """Change what is known; a new time or place is told to all who have not said no.

    Without ``parts`` the sessions stay as they are. More seats let those who wait move up.
    Raises ``Gone``, ``TooSmall``, ``sessions.Marked``, ``people.AnotherName`` or ``opening.PhoneTaken``.
    """
    if workshop.cancelled_at or workshop.ends_at <= now:
        raise Gone(workshop.slug)
    _check_room(workshop, details.get("capacity", workshop.capacity))
    before = {field: getattr(workshop, field) for field in TOLD_OF}
    if parts:
        sessions.arrange(workshop=workshop, parts=parts, by=by, now=now)
        details |= sessions.span(parts)
    for field, value in details.items():
        setattr(workshop, field, value)
    workshop.save()
    _set_trainers(workshop, trainers, new_trainer, by, now)
    changed = [field for field in TOLD_OF if getattr(workshop, field) != before[field]]
    audit.record("changed", workshop, by=by, now=now, fields=changed)
    if changed and workshop.starts_at > now:
        _tell_all(workshop, "workshop_changed", now, occasion=f"{now:%Y%m%d%H%M%S}")
    inviting.fill_places(workshop=workshop, now=now)


@transaction.atomic
def cancel(*, workshop: Workshop, by: User | None, now: datetime) -> None:
    """It will not be: everyone invited who has not said no is told, everything else promised is taken back.

    Raises ``Gone``, also when a colleague was quicker.
    """
    ahead = Workshop.objects.filter(pk=workshop.pk, cancelled_at=None, starts_at__gt=now)
    if not ahead.update(cancelled_at=now):
        raise Gone(workshop.slug)
    workshop.cancelled_at = now
    _tell_all(workshop, "workshop_cancelled", now)
    audit.record("cancelled", workshop, by=by, now=now)


def _check_room(workshop: Workshop, capacity: int) -> None:
    numbers = workshop.enrolments.coming().values_list("place_number", flat=True)
    highest = max(numbers, default=0)
    if capacity < highest:
        raise TooSmall(highest)


def _set_trainers(
    workshop: Workshop,
    trainers: Iterable[Person],
    new_trainer: tuple[str, str] | None,
    by: User | None,
    now: datetime,
) -> None:
    """Trainers sign in to mark who came: each gets a sign-in when there is none."""
    everyone = list(trainers)
    if new_trainer:
        phone, name = new_trainer
        everyone.append(people.know(phone=phone, name=name, now=now))
    for trainer in everyone:
        opening.open_for(person=trainer, by=by, now=now)
    workshop.trainers.set(everyone)


def _tell_all(workshop: Workshop, template: str, now: datetime, occasion: str = "") -> None:
    """What was promised before is no longer true; this is."""
    for former in ["workshop_invited", "workshop_place", *inviting.REMINDERS, "workshop_changed"]:
        outbox.cancel(telling.prefix(former, workshop))
    news, until = [], workshop.starts_at
    for enrolment in workshop.enrolments.staying().select_related("person"):
        enrolment.workshop = workshop
        news.append(
            telling.notice(enrolment=enrolment, template=template, now=now, useful_until=until, occasion=occasion)
        )
    outbox.queue(news)
