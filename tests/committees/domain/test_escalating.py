"""What is not heeded goes one level up; what comes soon is told before: once each, in time, never for nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from committees.above import answerable
from committees.domain import escalating, foretelling, seats, visiting
from committees.domain.tallying import count_due
from committees.models import Visit
from portal import wording
from portal.models import Notice
from tests.factories.committees import make_holder, make_user

DAY = timedelta(days=1)


@pytest.fixture
def office(units, now):
    return make_holder("state-office", units["RJ"], now)


@pytest.fixture
def incharge(units, now, office):
    return make_holder("district-incharge", units["SKR"], now, term_ends=date(2027, 3, 31), form_by=date(2025, 11, 30))


def told(template):
    rows = Notice.objects.filter(template=template).order_by("pk")
    return [(notice.phone, wording.of(notice, {}).text.split(": http")[0]) for notice in rows]


def at(day, hour=10):
    """An hour of this day in Jaipur."""
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, hour))


def test_four_days_of_silence_reach_the_level_above_once(incharge, office, now):
    assert escalating.remind(now=now + 3 * DAY)["answers_late"] == 0

    counts = [escalating.remind(now=now + days * DAY)["answers_late"] for days in (4, 5, 12)]

    assert counts == [1, 0, 0]
    assert told("answer_late") == [
        (office.person.phone, "संगठन: सुनीता मीणा, जिला प्रभारी, सीकर – नियुक्ति का उत्तर नहीं आया। देखें")
    ]


def test_a_date_that_is_past_is_told_to_the_in_charge_and_above(incharge, office, now):
    seats.accept(appointment=incharge, now=now)
    count_due(now=at(date(2025, 12, 1), 8))

    days = [date(2025, 11, 30), date(2025, 12, 1), date(2025, 12, 2)]
    counts = [escalating.remind(now=at(day, hour))["committees_late"] for day in days for hour in (8, 10)]

    assert counts == [0, 0, 0, 2, 0, 0]
    assert [phone for phone, _text in told("forming_late")] == [incharge.person.phone, office.person.phone]
    assert told("forming_late")[0][1].startswith("संगठन: सीकर की समितियों की तिथि 30 नवंबर 2025 बीत गई")


def test_the_evening_before_a_planned_visit_whoever_goes_is_told(units, now):
    user = make_user("district-incharge", units["SKR"], now)
    day = timezone.localdate(now) + 3 * DAY
    plan = visiting.Told(unit=units["SKR"], on=day, place="पंचायत भवन", met=0, note="")
    visiting.log(key="a", told=plan, person=user.person, by=user, now=now)

    counts = [foretelling.remind(now=at(day - DAY, hour))["visits"] for hour in (17, 18, 19)]

    assert counts == [0, 1, 0]
    assert told("visit_tomorrow")[0][0] == user.person.phone
    assert "पंचायत भवन, सीकर" in told("visit_tomorrow")[0][1]
    assert Visit.objects.count() == 1


def test_two_weeks_before_a_term_ends_the_person_and_who_leads_there_hear_of_it(units, incharge, office, now):
    last = date(2025, 12, 20)
    member = make_holder("district-president", units["SKR"], now, term_ends=last)
    make_holder("district-secretary", units["SKR"], now, term_ends=date(2026, 6, 30))
    before = at(last - 14 * DAY, 8)

    counts = [foretelling.remind(now=before + timedelta(hours=hours)) for hours in (0, 1, 2)]

    assert [(one["terms"], one["terms_above"]) for one in counts] == [(0, 0), (1, 2), (0, 0)]
    assert [phone for phone, _text in told("term_ending")] == [member.person.phone]
    assert {phone for phone, _text in told("term_ending_above")} == {incharge.person.phone, office.person.phone}
    assert "सीकर में 20 दिसंबर 2025 को 1 पदों" in dict(told("term_ending_above"))[incharge.person.phone]


def test_the_nearest_in_charge_answers_for_a_unit_else_the_office(units, incharge, office, now):
    assert answerable(units["SKR"], now) == [incharge.person]
    assert answerable(units["SKR"].children.first(), now) == [incharge.person]
    assert answerable(units["RJ"], now) == [office.person]
