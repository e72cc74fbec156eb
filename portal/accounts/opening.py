"""How a person gets a sign-in: by being given a post, never by asking for one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from portal import audit
from portal.models import Person, User

BATCH = 500


class PhoneTaken(Exception):
    """Someone else of the family signs in with this phone."""

    def __init__(self, user: User) -> None:
        super().__init__(user.pk)
        self.user = user


@transaction.atomic
def open_for(*, person: Person, by: User | None = None, now: datetime) -> User:
    """The person's sign-in, opened when there is none; without a password until they choose one.

    Raises ``PhoneTaken``.
    """
    user = User(
        person_id=person.pk, phone=person.phone, created_at=now
    )  # by key: a failed one must not stay on the person
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        return _found(person)
    audit.record("opened", user, by=by, now=now)
    return user


@transaction.atomic
def open_many(*, people: Iterable[Person], by: User | None, now: datetime) -> list[User]:
    """Sign-ins for many who have none. A number that somebody signs in with is an ``IntegrityError``."""
    users = [User(person_id=person.pk, phone=person.phone, created_at=now) for person in people]
    for user in users:
        user.set_unusable_password()
    opened = User.objects.bulk_create(users, batch_size=BATCH)
    audit.record_many("opened", opened, by=by, now=now)
    return opened


@transaction.atomic
def let_in(*, user: User, active: bool, by: User | None, now: datetime) -> None:
    """Shut a sign-in at once, on every device, or open it again. The posts stay as they are."""
    if User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
        user.is_active = active
        audit.record("let in" if active else "shut out", user, by=by, now=now)


def _found(person: Person) -> User:
    user = User.objects.filter(person=person).first()
    if user is None:
        raise PhoneTaken(User.objects.get(phone=person.phone))
    return user
