from datetime import timedelta

import pytest

from applications.domain import linking
from applications.models import Scan, ShareLink
from applications.models.links import Via
from portal import codes
from tests.factories.desk import an_application


@pytest.fixture
def link(drive, places, now):
    return linking.make_link(drive=drive, via=Via.POSTER, unit=places.sikar, label="बस स्टैंड", by=None, now=now)


def test_a_link_has_a_short_code_with_a_check_sign(link):
    assert len(link.code) == 5
    assert codes.read(link.code) == link.code
    assert linking.url(link) == f"http://testserver/q/{link.code}"


def test_applicants_get_one_link_of_their_own(drive, places, now):
    application = an_application(drive, places.booth, now)

    first = linking.own_link(application=application, now=now)
    second = linking.own_link(application=application, now=now)

    assert first == second
    assert len(first.code) == 7
    assert ShareLink.objects.filter(referrer=application).count() == 1


def test_scans_are_counted_by_the_hour_in_india(link, now):
    before_midnight = now.replace(hour=23, minute=59)

    for moment in (now, now, before_midnight, before_midnight + timedelta(minutes=2)):
        linking.count_scan(link=link, is_new=moment == before_midnight, now=moment)

    counted = Scan.objects.order_by("day", "hour").values_list("day", "hour", "count", "devices")
    today, tomorrow = now.date(), now.date() + timedelta(days=1)
    assert list(counted) == [(today, 10, 2, 0), (today, 23, 1, 1), (tomorrow, 0, 1, 0)]


def test_a_paused_link_counts_nobody_until_it_is_resumed(link, now):
    linking.pause(link=link, by=None, now=now)
    linking.count_scan(link=link, now=now)

    assert not Scan.objects.exists()

    linking.resume(link=link, by=None, now=now)
    linking.count_scan(link=link, now=now)

    assert Scan.objects.get().count == 1
