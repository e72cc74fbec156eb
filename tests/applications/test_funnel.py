"""The funnel: each stage by place, channel, code, day and hour, in a constant number of queries."""

from datetime import timedelta

import pytest

from applications import funnel
from applications.domain import linking
from applications.models import Draft, Scan
from applications.models.links import Via
from applications.states import Status
from committees.levels import Role
from interviews.models import Interview
from tests.factories import sunday
from tests.factories.desk import a_colleague, an_application


def counts(lines):
    return {line.label: line.counts for line in lines}


@pytest.fixture
def filled(drive, places, now):
    """A poster in Sikar, a WhatsApp link of a person in Alwar, and five people who came different ways."""
    incharge = a_colleague(places.alwar, Role.INCHARGE, now, number=7).person
    told = {"drive": drive, "by": None, "now": now}
    poster = linking.make_link(via=Via.POSTER, unit=places.sikar, label="बस स्टैंड", **told)
    chat = linking.make_link(via=Via.WHATSAPP, unit=places.alwar, person=incharge, **told)
    for link, count in ((poster, 40), (chat, 3)):
        Scan.objects.create(link=link, day=now.date(), hour=now.hour, count=count)
    Scan.objects.create(link=poster, day=now.date() - timedelta(days=1), count=10)
    for link, began in ((poster, now), (poster, now), (None, now - timedelta(days=1))):
        Draft.objects.create(drive=drive, link=link, begun_at=began, saved_at=began)
    statuses = [Status.SUBMITTED, Status.NOT_SELECTED, Status.SELECTED, Status.APPOINTED]
    people = [
        an_application(drive, places.booth, now, number, status=status, link=poster)
        for number, status in enumerate(statuses)
    ]
    an_application(drive, places.ramgarh, now - timedelta(days=1), 9, link=chat)
    an_application(drive, places.ramgarh, now, 8, status=Status.MERGED)
    day = sunday.a_day(drive, places.state, now, panels=0)
    for person in people[1:]:
        Interview.objects.create(day=day, application=person, status="DONE")
    return people


def asked(drive, places, office, by, **more):
    return funnel.table(drive=drive, area=more.pop("area", places.state), user=office, by=by, **more)


def test_by_place_then_by_the_places_inside(filled, drive, places, office):
    districts = counts(asked(drive, places, office, "unit"))
    inside = counts(asked(drive, places, office, "unit", area=places.sikar))

    assert districts == {
        "अलवर": [3, 1, 1, 0, 0, 0, 0],
        "सीकर": [50, 6, 4, 3, 3, 2, 1],
        "राजस्थान ही, या नहीं बताया": [0, 1, 0, 0, 0, 0, 0],
    }
    assert inside == {
        "34 दांतारामगढ़": [0, 4, 4, 3, 3, 2, 1],
        "सीकर ही, या नहीं बताया": [50, 2, 0, 0, 0, 0, 0],
    }


def test_what_was_handed_in_began_where_its_applicant_lives(drive, places, office, now):
    application = an_application(drive, places.booth, now, 1)
    Draft.objects.create(drive=drive, submitted_as=application, begun_at=now, saved_at=now)

    districts = counts(asked(drive, places, office, "unit"))

    assert districts == {"सीकर": [0, 1, 1, 0, 0, 0, 0]}


def test_by_channel(filled, drive, places, office):
    assert counts(asked(drive, places, office, "via")) == {
        "पोस्टर": [50, 6, 4, 3, 3, 2, 1],
        "WhatsApp": [3, 1, 1, 0, 0, 0, 0],
        "बिना कोड के": [0, 1, 0, 0, 0, 0, 0],
    }


def test_by_day_and_by_hour(filled, drive, places, office, now):
    days = asked(drive, places, office, "day")
    hours = asked(drive, places, office, "hour", day=now.date())

    assert counts(days) == {"10 नवंबर 2025": [43, 6, 4, 3, 3, 2, 1], "9 नवंबर 2025": [10, 2, 1, 0, 0, 0, 0]}
    assert counts(hours) == {"10:00–11:00": [43, 6, 4, 3, 3, 2, 1]}


def test_who_begins_before_midnight_is_begun_once(drive, places, office, now):
    """Each hour and day used to count a start again where the application came later than it was begun."""
    for number in range(2):
        began = now - timedelta(days=number, hours=2)
        application = an_application(drive, places.booth, now, number, begun_at=began)
        Draft.objects.create(drive=drive, submitted_as=application, begun_at=began, saved_at=began)
    yesterday = now.date() - timedelta(days=1)

    assert counts(asked(drive, places, office, "day")) == {
        "10 नवंबर 2025": [0, 1, 2, 0, 0, 0, 0], "9 नवंबर 2025": [0, 1, 0, 0, 0, 0, 0],
    }  # fmt: skip
    assert counts(asked(drive, places, office, "hour", day=now.date())) == {
        "8:00–9:00": [0, 1, 0, 0, 0, 0, 0], "10:00–11:00": [0, 0, 2, 0, 0, 0, 0],
    }  # fmt: skip
    assert counts(asked(drive, places, office, "hour", day=yesterday)) == {"8:00–9:00": [0, 1, 0, 0, 0, 0, 0]}


def test_small_numbers_of_a_persons_code_are_not_told(filled, drive, places, office):
    lines = {line.label.split(" · ", 1)[1]: line.told for line in asked(drive, places, office, "link") if line.key > 0}

    assert lines == {
        "बस स्टैंड · सीकर": ["50", "6", "4", "3", "3", "2", "1"],
        "WhatsApp · अलवर · विमला देवी": ["<5", "<5", "<5", "0", "0", "0", "0"],
    }


def test_the_whole_is_the_sum_of_any_table_of_the_drive(filled, drive, places, office):
    sums = [funnel.total(asked(drive, places, office, by)).counts for by in ("unit", "via", "link", "day")]

    assert sums == [[53, 8, 5, 3, 3, 2, 1]] * 4


def test_an_incharge_sees_the_own_district_alone(filled, drive, places, now):
    incharge = a_colleague(places.sikar, Role.INCHARGE, now)

    assert set(funnel.areas(drive, incharge)) == {
        places.sikar, places.danta, places.block, places.mandal, places.booth,
    }  # fmt: skip
    assert counts(asked(drive, places, incharge, "via", area=places.sikar)) == {"पोस्टर": [50, 6, 4, 3, 3, 2, 1]}


@pytest.mark.parametrize(("by", "queries"), [("unit", 7), ("via", 6), ("link", 7), ("day", 6), ("hour", 6)])
def test_queries_do_not_grow_with_people(
    filled, drive, places, office, now, by, queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(queries):
        asked(drive, places, office, by, day=now.date())
    for number in range(20, 40):
        an_application(drive, places.danta, now, number)
    with django_assert_max_num_queries(queries):
        asked(drive, places, office, by, day=now.date())
