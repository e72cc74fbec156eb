"""The pages of another time: the person's by link, the office's inbox, the free times, the standby list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interviews.domain import calling, conflicts, planning, scheduling
from interviews.models import Interview, InterviewDay, TimeRequest
from portal import outbox
from portal.models import Notice
from tests.factories.sunday import a_day, called, shortlisted


@pytest.fixture
def tomorrow(drive, places):
    """These pages read the real clock."""
    now = timezone.now()
    a_day(drive, places.state, now, date=timezone.localdate(now) + timedelta(days=1), lets_choose=True)
    return InterviewDay.objects.select_related("drive").get()


@pytest.fixture
def interview(tomorrow, drive, places, client):
    """Called first; the browser is the person's."""
    row = called(tomorrow, shortlisted(drive, places.danta, timezone.now()), timezone.now())
    outbox.send_due(now=timezone.now())
    client.get(reverse("interviews:call", args=[row.application.ref]), {"k": row.application.link_key})
    return row


def of_day(name, day):
    return reverse(f"interviews:{name}", args=day.address)


def mine(name, interview):
    return reverse(f"interviews:{name}", args=[interview.application.ref])


def page(client, address):
    return client.get(address).content.decode()


def ask(client, interview):
    wish = {"not_before": "15:00", "why": "परीक्षा है", "note": "धन्यवाद"}
    client.post(mine("call", interview), {"answer": "other"} | wish)
    return TimeRequest.objects.get(settled_at=None)


def test_asked_offered_by_the_office_and_taken_by_the_link(client, interview, tomorrow, office):
    asked, desk = ask(client, interview), type(client)()
    desk.force_login(office)
    assert "आपने दूसरा समय माँगा है" in page(client, mine("call", interview))
    assert "आपने दूसरा समय माँगा है" in page(client, reverse("applications:status", args=[interview.application.ref]))
    assert "दूसरा समय माँगा (1)" in page(desk, of_day("planner", tomorrow))
    inbox = page(desk, of_day("requests", tomorrow))
    assert [word in inbox for word in ("15:00 से पहले नहीं", "परीक्षा है", "धन्यवाद")] == [True] * 3
    assert (asked.why, asked.note) == ("परीक्षा है", "धन्यवाद")

    free = scheduling.free_slots(tomorrow)[3]
    desk.post(of_day("requests", tomorrow), {"do": "offer", "request": asked.pk, "slot": free.pk})
    assert "पूछा गया, जवाब बाकी" in page(desk, of_day("requests", tomorrow))
    assert "कार्यालय आपको दूसरा समय दे रहा है" in page(client, mine("call", interview))
    client.post(mine("call", interview), {"do": "take", "slot": free.pk})

    interview.refresh_from_db()
    assert (interview.slot, interview.answer) == (free, "yes")
    assert TimeRequest.objects.get().outcome == "given"


def test_who_knows_the_person_does_not_see_the_request(client, interview, tomorrow, office):
    ask(client, interview)
    conflicts.declare(application=interview.application, person=office.person, reason="", by=office, now=timezone.now())
    client.force_login(office)

    assert "कोई माँग बाकी नहीं" in page(client, of_day("requests", tomorrow))
    client.post(of_day("requests", tomorrow), {"do": "refuse", "request": 1, "why": "नहीं"})
    assert TimeRequest.objects.get().settled_at is None


def test_no_is_read_with_its_word(client, interview, tomorrow, office):
    asked, desk = ask(client, interview), type(client)()
    desk.force_login(office)

    desk.post(of_day("requests", tomorrow), {"do": "refuse", "request": asked.pk, "why": ""})
    assert TimeRequest.objects.get().settled_at is None
    desk.post(of_day("requests", tomorrow), {"do": "refuse", "request": asked.pk, "why": "सब भरा है"})

    assert "सब भरा है" in page(client, mine("call", interview))


def test_a_free_time_is_chosen_by_one_press_and_a_taken_one_offers_the_next(client, interview, tomorrow, drive, places):
    first, second = [slot.starts_at for slot in scheduling.free_slots(tomorrow)[5:7]]
    other = shortlisted(drive, places.danta, timezone.now(), 1)
    called(tomorrow, other, timezone.now(), slot=scheduling.free_slots(tomorrow)[5])

    late = client.post(mine("choose", interview), {"at": first.isoformat()})
    assert (late.status_code, "अभी-अभी किसी और ने ले लिया" in late.content.decode()) == (409, True)
    client.post(mine("choose", interview), {"at": second.isoformat()})

    interview.refresh_from_db()
    assert interview.called_for == second
    planning.change_day(day=tomorrow, lets_choose=False, by=None, now=timezone.now())
    assert client.get(mine("choose", interview)).url == mine("call", interview)


def test_the_office_names_tells_and_takes_off_standby(client, tomorrow, office, drive, places):
    for number in (1, 2):
        shortlisted(drive, places.danta, timezone.now(), number)
    client.force_login(office)
    address = of_day("standby", tomorrow)

    assert client.post(address, {"do": "name", "count": "0", "order": "near"}).status_code == 422
    client.post(address, {"do": "name", "count": "5", "order": "near"})
    client.post(address, {"do": "tell"})
    first, second = Interview.objects.order_by("standby")
    client.post(address, {"do": f"off:{second.pk}"})

    assert "अतिरिक्त सूची (1)" in page(client, of_day("planner", tomorrow))
    assert first.application.name in page(client, of_day("print", tomorrow))
    assert Notice.objects.filter(template="standby", status="QUEUED").count() == 1
    person = type(client)()
    person.get(mine("call", first), {"k": first.application.link_key})
    assert "अतिरिक्त सूची, क्रम 1" in page(person, mine("call", first))
    assert "अतिरिक्त सूची में हैं" in page(person, reverse("applications:status", args=[first.application.ref]))
    person.post(mine("call", first), {"do": "off"})
    assert Interview.objects.filter(standby__isnull=False).count() == 0


def test_one_is_added_by_name(client, tomorrow, office, drive, places):
    application = shortlisted(drive, places.danta, timezone.now(), 1, can_come="")
    client.force_login(office)

    client.post(of_day("standby", tomorrow), {"do": "add", "ref": application.ref})

    assert Interview.objects.get().placed_because == [["hand"]]


def test_who_was_called_off_takes_it_out_of_the_calendar(client, interview, tomorrow):
    scheduling.unplace(interview=interview, by=None, now=timezone.now())
    calling.release(day=tomorrow, by=None, now=timezone.now())

    assert "मेरे कैलेंडर से हटाएँ" in page(client, mine("call", interview))
    file = client.get(mine("calendar", interview)).content
    assert (b"METHOD:CANCEL" in file, b"STATUS:CANCELLED" in file) == (True, True)
