"""Two days before and three hours before, and never late."""

from datetime import timedelta

import pytest

from portal.models import Notice
from portal.models.notices import NoticeStatus
from tests.factories.training import make_invited
from training.domain import inviting, planning, reminding

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def asked(sikar, now):
    """One said yes, one said no, one said nothing."""
    workshop, people = make_invited(sikar, now, 3)
    inviting.answer(enrolment=people[0], coming=True, now=now)
    inviting.answer(enrolment=people[1], coming=False, now=now)
    return workshop, people


def reminded():
    """(template, phone) of every reminder that is promised."""
    rows = Notice.objects.filter(template__in=inviting.REMINDERS, status=NoticeStatus.QUEUED)
    return set(rows.values_list("template", "phone"))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (2 * DAY + MINUTE, set()),
        (2 * DAY, {("workshop_2d", 0), ("workshop_2d_ask", 2)}),
        (DAY + MINUTE, {("workshop_2d", 0), ("workshop_2d_ask", 2)}),
        (DAY, set()),
        (3 * HOUR + MINUTE, set()),
        (3 * HOUR, {("workshop_3h", 0)}),
        (MINUTE, {("workshop_3h", 0)}),
        (0 * MINUTE, set()),
    ],
    ids=lambda value: str(value) if isinstance(value, timedelta) else f"{len(value)} reminders",
)
def test_reminders_at_their_time(asked, before, expected):
    workshop, people = asked

    reminding.remind(now=workshop.starts_at - before)
    reminding.remind(now=workshop.starts_at - before)

    assert reminded() == {(template, people[number].person.phone) for template, number in expected}
    assert Notice.objects.filter(template__in=inviting.REMINDERS).count() == len(expected)


def test_no_reminder_outlives_its_use(asked):
    workshop, _people = asked

    reminding.remind(now=workshop.starts_at - 2 * DAY)
    reminding.remind(now=workshop.starts_at - 3 * HOUR)

    until = dict(Notice.objects.filter(template__in=inviting.REMINDERS).values_list("template", "useful_until"))
    assert until == {
        "workshop_2d": workshop.starts_at - DAY,
        "workshop_2d_ask": workshop.starts_at - DAY,
        "workshop_3h": workshop.starts_at,
    }


def test_a_no_takes_the_reminder_back(asked):
    workshop, people = asked
    reminding.remind(now=workshop.starts_at - 2 * DAY)

    inviting.answer(enrolment=people[0], coming=False, now=workshop.starts_at - 2 * DAY)

    assert reminded() == {("workshop_2d_ask", people[2].person.phone)}


def test_a_cancelled_workshop_reminds_nobody(asked, office, now):
    workshop, _people = asked
    planning.cancel(workshop=workshop, by=office, now=now)

    reminding.remind(now=workshop.starts_at - 2 * DAY)

    assert reminded() == set()


def test_whoever_was_invited_an_hour_ago_is_not_reminded_yet(sikar, now):
    workshop, _people = make_invited(sikar, now, 1, starts_in=2 * DAY)

    done = reminding.remind(now=now + HOUR)

    assert done == {"two_days": 0, "asked_again": 0, "three_hours": 0}
    assert workshop.enrolments.count() == 1
