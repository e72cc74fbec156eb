"""The calendar of the office: what will go, what went, what is held back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from committees.levels import Role
from portal.models import Hold, Notice
from portal.models.notices import NoticeStatus
from tests.factories.desk import Places, a_colleague

DOOR = "portal.accounts.backend.DoorBackend"
PAGE = "/office/notices/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(now):
    return Places(now)


@pytest.fixture
def at_office(client, places, now):
    client.force_login(a_colleague(places.state, Role.STATE_OFFICE, now), backend=DOOR)
    return client


def promise(count, **fields):
    """So many notices; the page lives in the present."""
    values = {"phone": "+919829012345", "template": "open", "due_at": timezone.now()}
    Notice.objects.bulk_create(
        Notice(key=f"{fields.get('status', 'x')}:{fields.get('template', '')}:{number}", **values | fields)
        for number in range(count)
    )


def test_what_waits_and_what_went_is_counted_by_day_and_moment(at_office):
    tomorrow, yesterday = timezone.now() + timedelta(days=1), timezone.now() - timedelta(days=1)
    promise(3, due_at=tomorrow)
    promise(2, due_at=yesterday, status=NoticeStatus.DELIVERED, cost=30)
    promise(1, due_at=yesterday, status=NoticeStatus.FAILED)
    promise(4, due_at=timezone.now() + timedelta(days=20), template="receipt")

    page = at_office.get(PAGE)

    assert [(day.date, day.total) for day in page.context["days"]] == [(timezone.localdate(tomorrow), 3)]
    [gone] = page.context["gone"]
    assert [count for _state, count in gone.counts] == [0, 2, 1, 0, 0]
    assert (gone.says, gone.rupees) == ("अभियान शुरू", 0.6)


@pytest.mark.parametrize("many", [0, 3])
def test_the_page_asks_the_same_however_much_there_is(at_office, many, django_assert_num_queries):
    promise(many)
    promise(many, template="receipt", status=NoticeStatus.SENT)
    at_office.get(PAGE)

    with django_assert_num_queries(12):
        at_office.get(PAGE)


def test_notices_are_held_back_with_a_reason_and_let_go(at_office):
    without = at_office.post(f"{PAGE}hold/", {"template": "open", "reason": " "}, follow=True)
    assert "कारण कुछ शब्दों में लिखें" in without.content.decode()
    at_office.post(f"{PAGE}hold/", {"template": "code", "reason": "x"})
    assert not Hold.objects.exists()

    held = at_office.post(f"{PAGE}hold/", {"template": "open", "reason": "आपत्ति सुनी जा रही है"}, follow=True)
    assert "रोकी गई: अभियान शुरू" in held.content.decode()
    at_office.post(f"{PAGE}hold/", {"template": "open", "reason": "और एक"})
    assert Hold.objects.count() == 1

    gone = at_office.post(f"{PAGE}go/", {"template": "open"}, follow=True)
    assert "रोकी गई: अभियान शुरू" not in gone.content.decode()
    assert Hold.objects.get().ended_at is not None
    assert at_office.post(f"{PAGE}go/", {"template": "open"}).status_code == 302


def test_auditors_read_and_others_find_nothing(client, places, now):
    client.force_login(a_colleague(places.state, Role.AUDITOR, now, 2), backend=DOOR)
    assert 'form method="post" action="/office/notices' not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}hold/", {"template": "open", "reason": "x"}).status_code == 404

    client.force_login(a_colleague(places.sikar, Role.INCHARGE, now, 3), backend=DOOR)
    assert [client.get(PAGE).status_code, client.post(f"{PAGE}go/").status_code] == [404, 404]
