"""The one way a person becomes known to us."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from portal import audit, folding, names, phones
from portal.models import Notice, Person, User
from portal.models.notices import NoticeStatus

BATCH = 500


class NumberTaken(Exception):
    """Somebody else is known, or signs in, by this number."""


class AnotherName(Exception):
    """This phone belongs to someone of another name: a family member must say so with ``share``."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.pk)
        self.person = person


def know(*, phone: str, name: str, share: int = 0, now: datetime, **details: Any) -> Person:
    """The person on this phone, made when nobody knew them yet.

    ``details`` (e-mail, gender, year of birth, language) are kept for a new
    person only: nothing that is known changes silently. Raises
    ``phones.BadPhone``, and ``AnotherName`` when the one we know is called
    otherwise; two spellings of one name are no other name.
    """
    cleaned = names.clean(name)
    person, is_new = Person.objects.get_or_create(
        phone=phones.normalise(phone),
        share=share,
        defaults={"name": cleaned, "name_key": folding.search_key(cleaned), "created_at": now, **details},
    )
    if not is_new and not alike(person.name, cleaned):
        raise AnotherName(person)
    return person


def know_many(*, people: Iterable[Person], now: datetime) -> list[Person]:
    """The same for many whom nobody knows yet, by one statement: cleaned names, numbers in their one spelling.

    One of them known meanwhile is an ``IntegrityError``; then nobody is.
    """
    new = list(people)
    for person in new:
        person.name_key, person.created_at = folding.search_key(person.name), now
    return Person.objects.bulk_create(new, batch_size=BATCH)


CHANGEABLE = {"name", "email", "gender", "birth_year", "language"}


@transaction.atomic
def change(*, person: Person, by: User | None, now: datetime, **facts: Any) -> list[str]:
    """Write down other ``CHANGEABLE`` facts; the names of those that differed come back. Letters keep what they say."""
    if stray := set(facts) - CHANGEABLE:
        raise ValueError(sorted(stray))
    if "name" in facts:
        facts["name"] = names.clean(facts["name"])
    changed = [fact for fact, value in facts.items() if getattr(person, fact) != value]
    for fact in changed:
        setattr(person, fact, facts[fact])
    if changed:
        person.name_key = folding.search_key(person.name)
        person.save(update_fields=[*changed, "name_key"])
        audit.record("changed", person, by=by, now=now, fields=changed)
    return changed


def renumber(*, person: Person, phone: str, by: User | None, now: datetime) -> None:
    """The same person on another number: the sign-in and what is still to be sent to them go along.

    Raises ``NumberTaken``; then nothing has changed.
    """
    former, mine = person.phone, User.objects.filter(person=person)
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(phone=phone)
            mine.update(phone=phone)
            waiting = Notice.objects.filter(phone=former, status=NoticeStatus.QUEUED, context__name=person.name)
            waiting.update(phone=phone)
            audit.record("has another number", person, by=by, now=now)
    except IntegrityError:
        raise NumberTaken(person.pk) from None
    person.phone = phone


def alike(one: str, other: str) -> bool:
    """Are these two spellings of one name?

    Within one script vowels count: सुनीत and सुनीता share a home more often
    than a name. Between Hindi and Latin only the coarse key is the same.
    """
    if one.isascii() != other.isascii():
        return folding.key(one) == folding.key(other)
    same = folding.fine if one.isascii() else names.sort_key
    return same(one) == same(other)
