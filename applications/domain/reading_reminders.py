"""Readers are told what was given to them, and reminded of what they left lying."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from applications.domain import telling
from applications.models import Drive, Reading
from applications.moments import READING
from applications.states import Status
from committees.days import day_of
from portal import audit, organisation, outbox
from portal.bilingual import spoken
from portal.models import Notice, User

GATHER = timedelta(minutes=10)  # several sharings in a row make one message
REMIND_AFTER = -READING.before
USEFUL_FOR = READING.before - READING.until
DAYTIME = time(9), time(20)
GIVEN, REMINDER = "reading_given", READING.template
UNREAD = Q(read_at=None, application__status=Status.SUBMITTED)


class ToldToday(Exception):
    """This reader was reminded today already."""


def tell_of_new(*, readers: Iterable[User], now: datetime) -> None:
    """One message a day and reader, with how many of today's are unread; a later giving corrects what has not left."""
    today = day_of(now)
    midnight = datetime.combine(today, time.min, tzinfo=timezone.get_default_timezone())
    people = {user.pk: user for user in readers}
    rows = Reading.objects.filter(UNREAD, reader__in=people, given_at__gte=midnight).values("reader")
    counts = dict(rows.annotate(n=Count("pk")).order_by().values_list("reader", "n"))
    for pk in people:
        outbox.cancel(f"{GIVEN}:{pk}:{today}")
    outbox.queue(
        _notice(people[pk], f"{GIVEN}:{pk}:{today}", GIVEN, count=count, due_at=now + GATHER)
        for pk, count in counts.items()
    )


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Remind each reader of what lies three days or longer, every three days. Safe to repeat, silent at night."""
    if not DAYTIME[0] <= now.astimezone(timezone.get_default_timezone()).time() < DAYTIME[1]:
        return 0
    lying = Reading.objects.filter(UNREAD, given_at__lte=now - REMIND_AFTER, reader__is_active=True).values("reader")
    counts = dict(lying.annotate(n=Count("pk")).order_by().values_list("reader", "n"))
    reminded = Notice.objects.filter(template=REMINDER, due_at__gt=now - REMIND_AFTER).values("phone")
    readers = User.objects.filter(pk__in=counts).exclude(phone__in=reminded).select_related("person")
    told = [
        _notice(user, f"{REMINDER}:{user.pk}:{day_of(now)}", REMINDER, count=counts[user.pk], due_at=now)
        for user in readers
    ]
    outbox.queue(told)
    return len(told)


@transaction.atomic
def remind_now(*, drive: Drive, reader: User, by: User, now: datetime) -> int:
    """Remind one reader because a colleague asks; how many are unread. Raises ``ToldToday``."""
    key = f"{REMINDER}:{reader.pk}:asked:{day_of(now)}"
    if Notice.objects.filter(key=key).exists():
        raise ToldToday(str(reader.pk))
    count = Reading.objects.filter(UNREAD, reader=reader).count()
    if count:
        outbox.queue([_notice(reader, key, REMINDER, count=count, due_at=now)])
        audit.record("reminded a reader", drive, by=by, now=now, reader=reader.pk)
    return count


def oldest_unread(*, drive: Drive) -> dict[int, datetime]:
    """Reader → since when the oldest one of this drive lies unread."""
    rows = Reading.objects.filter(UNREAD, application__drive=drive).order_by().values("reader")
    return dict(rows.annotate(since=Min("given_at")).values_list("reader", "since"))


def _notice(reader: User, key: str, template: str, *, count: int, due_at: datetime) -> Notice:
    language, who = reader.person.language, organisation.current()
    context = {
        "organisation": spoken(who, "name", language),
        "count": count,
        "url": telling.address("readings", language=language),
    }
    return Notice(
        key=key,
        phone=reader.phone,
        language=language,
        template=template,
        context=context,
        due_at=due_at,
        useful_until=due_at + USEFUL_FOR,
    )
