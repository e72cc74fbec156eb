"""The office plans, fills, calls, receives and decides, with forms alone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from interviews.domain import closing, scheduling
from interviews.models import Decision, Interview, InterviewDay, Panel
from portal.models import Notice
from tests.factories.sunday import a_day, arrived, called, handed_in, interviewed, judges_of, shortlisted


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


def url(name, day):
    return reverse(f"interviews:{name}", args=day.address)


def test_a_day_is_planned_with_a_panel_and_its_times(desk, drive):
    form = {
        "drive": drive.pk, "date": "2025-11-16", "starts": "11:00", "ends": "17:00", "break_starts": "13:00",
        "break_ends": "13:45", "slot_minutes": "7", "gap_minutes": "1", "place_hi": "प्रदेश कार्यालय",
    }  # fmt: skip
    members = {"name": "पैनल 1", "room": "अ", "phone1": "९८१११ ०००००", "person1": "विमला शर्मा"}

    answer = desk.post(reverse("interviews:day-new"), form)
    day = InterviewDay.objects.get()
    desk.post(url("panel-new", day), members)

    assert answer.url == url("planner", day)
    assert (day.date, day.unit, day.panels.get().slots.count()) == (date(2025, 11, 16), drive.unit, 39)
    assert "1 पैनल × 39 = 39 समय" in desk.get(url("planner", day)).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends": "10:00"}, "एक भी साक्षात्कार नहीं"),
        ({"break_starts": "09:00"}, "विराम"),
        ({"slot_minutes": "सात"}, "मिनट अंकों में"),
        ({"date": "32-13"}, "तारीख"),
        ({"place_hi": ""}, "स्थान, हिंदी में"),
        ({"drive": "999"}, ""),
    ],
)
def test_a_day_that_cannot_be_is_told_in_words(desk, drive, changed, words):
    form = {
        "drive": drive.pk, "date": "2025-11-16", "starts": "11:00", "ends": "17:00", "break_starts": "13:00",
        "break_ends": "13:45", "slot_minutes": "7", "gap_minutes": "1", "place_hi": "कार्यालय",
    }  # fmt: skip

    answer = desk.post(reverse("interviews:day-new"), form | changed)

    assert (answer.status_code, InterviewDay.objects.count()) == (422, 0)
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"room": "अ"}, "किसी और पैनल का"),
        ({"phone1": "12345"}, "10 अंकों"),
        ({"person1": ""}, "नाम भी लिखें"),
        ({"phone1": "", "person1": ""}, "कम से कम एक सदस्य"),
        ({"phone1": "9811100000", "person1": "कोई और"}, "किसी और नाम"),
        ({"phone1": "9811100000", "person1": "विमला शर्मा"}, "दूसरे पैनल में"),
    ],
)
def test_a_panel_that_cannot_be_is_told_in_words(desk, day, changed, words):
    form = {"name": "पैनल 2", "room": "ब", "phone1": "9811100077", "person1": "गीता यादव"}

    answer = desk.post(url("panel-new", day), form | changed)

    assert (answer.status_code, Panel.objects.count()) == (422, 1)
    assert words in answer.content.decode()


def test_the_times_are_filled_changed_by_hand_and_called(desk, drive, places, now):
    day = a_day(drive, places.state, now, date=timezone.localdate() + timedelta(days=1))
    people = [shortlisted(drive, places.danta, now, number) for number in range(3)]
    desk.post(url("fill", day))
    interview = Interview.objects.get(application=people[0])
    slot = scheduling.free_slots(day)[3]
    desk.post(url("place", day), {"interview": interview.pk, "slot": slot.pk, "seen": interview.slot_id})
    desk.post(url("place", day), {"interview": interview.pk, "do": "lock", "seen": slot.pk})
    desk.post(url("place", day), {"interview": interview.pk, "do": "unplace", "seen": slot.pk})

    preview = desk.get(url("release", day)).content.decode()
    assert Notice.objects.filter(template="call").count() == 0
    desk.post(url("release", day))

    interview.refresh_from_db()
    assert "3 नए, 0 बदले, 0 वापस" in preview
    assert (interview.slot, interview.is_locked, interview.status) == (slot, True, "CALLED")
    assert Notice.objects.filter(template="call").count() == 3


def test_a_person_without_a_time_is_placed_by_hand(desk, day, drive, places, now):
    application = shortlisted(drive, places.danta, now, can_come="other")
    page = desk.get(url("planner", day), {"add": application.ref}).content.decode()
    desk.post(url("place", day), {"ref": application.ref, "slot": scheduling.free_slots(day)[0].pk})

    assert "ख़ाली समय" in page
    assert Interview.objects.get().application == application


def test_two_colleagues_with_one_page_are_told_of_each_other(desk, day, drive, places, now):
    one, other = (called(day, shortlisted(drive, places.danta, now, number), now) for number in range(2))
    free, later = scheduling.free_slots(day)[:2]
    desk.post(url("place", day), {"interview": one.pk, "slot": free.pk, "seen": one.slot_id})

    stale = desk.post(url("place", day), {"interview": one.pk, "slot": later.pk, "seen": one.slot_id})
    swap = {"interview": other.pk, "other": f"{one.pk}:{one.slot_id}", "seen": other.slot_id}
    stale_swap = desk.post(url("place", day), swap)

    assert (stale.status_code, stale_swap.status_code) == (409, 409)
    assert "किसी साथी ने" in stale.content.decode()
    assert dict(Interview.objects.values_list("pk", "slot")) == {one.pk: free.pk, other.pk: other.slot_id}
    desk.post(url("place", day), swap | {"other": f"{one.pk}:{free.pk}"})
    assert dict(Interview.objects.values_list("pk", "slot")) == {one.pk: other.slot_id, other.pk: free.pk}


def test_hours_saved_over_a_colleagues_are_refused(desk, day):
    form = {
        "starts": "11:00", "ends": "16:00", "slot_minutes": "7", "gap_minutes": "1", "place_hi": "कार्यालय",
        "turnout": "70", "woman_on_panel": "on", "version": "0",
    }  # fmt: skip

    saved = desk.post(url("day-change", day), form)
    late = desk.post(url("day-change", day), form | {"ends": "15:00"})

    day.refresh_from_db()
    assert (saved.status_code, late.status_code) == (302, 409)
    assert (day.ends.hour, day.turnout, day.woman_on_panel, day.version) == (16, 70, True, 1)
    assert "इस पैनल में कोई महिला नहीं" in desk.get(url("planner", day)).content.decode()


def test_a_panel_is_changed_in_all_its_forms(desk, day, panel):
    page = reverse("interviews:panel", args=[*day.address, panel.pk])
    sent = [
        {"do": "change", "name": "पैनल क", "room": "7", "opens": "", "closes": "16:00"},
        {"do": "member", "phone": "98111 00055", "person": "लता जैन", "since": "14:00"},
        {"do": "away", "member": "", "starts": "12:00", "ends": "12:30", "why": "बैठक"},
        {"do": "leave", "at": "15:00"},
    ]

    assert [desk.post(page, one).status_code for one in sent] == [302] * 4
    assert desk.post(page, sent[2] | {"ends": "11:00"}).status_code == 422
    shown = desk.get(page).content.decode()
    panel.refresh_from_db()
    assert (panel.room, panel.closes.hour, panel.memberships.count(), panel.pauses.count()) == ("7", 15, 3, 1)
    assert "लता जैन" in shown
    assert "14:00 से" in shown
    desk.post(page, {"do": f"back:{panel.pauses.get().pk}"})
    desk.post(page, {"do": f"remove:{panel.memberships.last().pk}"})
    assert (panel.memberships.count(), panel.pauses.count()) == (2, 0)
    assert desk.get(url("rotate", day)).status_code == 200
    closing.close_day(day=day, by=None, now=timezone.now())
    assert desk.post(page, sent[3]).status_code == 422


def press(client, day, do):
    return client.post(url("queue", day), {"do": do}, follow=True).content.decode()


def test_the_desk_finds_gives_tokens_and_calls(client, reception, day, drive, places, now, panel):
    client.force_login(reception)
    interview = called(day, shortlisted(drive, places.danta, now, 0), now)
    walker = shortlisted(drive, places.danta, now, 1)

    by_phone = client.get(url("queue", day), {"q": interview.application.phone[-4:]}).content.decode()
    by_name = client.get(url("queue", day), {"q": "ramesh"}).content.decode()
    assert f"check_in:{interview.pk}" in by_phone
    assert f"walk_in:{walker.ref}" in by_name
    assert interview.application.phone[3:] not in by_phone + by_name
    assert "टोकन 1" in press(client, day, f"check_in:{interview.pk}")
    assert "टोकन 2" in press(client, day, f"walk_in:{walker.ref}")
    press(client, day, f"next:{panel.pk}:")
    first = Interview.objects.get(status="IN_ROOM")
    assert "फिर से देख लें" in press(client, day, f"next:{panel.pk}:")
    press(client, day, f"again:{first.pk}")
    press(client, day, f"skip:{first.pk}")
    press(client, day, f"next:{panel.pk}:")
    press(client, day, f"finish:{Interview.objects.get(status='IN_ROOM').pk}")

    statuses = dict(Interview.objects.values_list("token", "status"))
    assert sorted(statuses.values()) in (["ARRIVED", "DONE"], ["DONE", "IN_ROOM"], ["ARRIVED", "ARRIVED"])


def test_two_desks_that_press_the_same_are_told_so(client, reception, day, drive, places, now):
    client.force_login(reception)
    interview = called(day, shortlisted(drive, places.danta, now), now)
    press(client, day, f"check_in:{interview.pk}")

    assert "फिर से देखें" in press(client, day, f"check_in:{interview.pk}")
    assert Interview.objects.get().token == 1


def test_reception_does_not_close_the_day(client, reception, office, day):
    client.force_login(reception)
    assert client.post(url("queue", day), {"do": "close"}).status_code == 404
    client.force_login(office)
    press(client, day, "close")

    assert InterviewDay.objects.get().locked_at is not None


def test_the_applicants_code_opens_the_desk_with_the_person(client, reception, day, drive, places, now):
    interview = called(day, shortlisted(drive, places.danta, now), now)
    address = reverse("interviews:arrive", args=[interview.application.ref])
    assert client.get(address).status_code == 302  # to the sign-in
    client.force_login(reception)

    page = client.get(address, follow=True).content.decode()

    assert f"check_in:{interview.pk}" in page
    assert client.get("/i/AAAAAAAA/").status_code == 404


def test_results_are_proposed_by_one_and_approved_by_another(
    desk, client, other_office, day, drive, places, now, panel
):
    people = [interviewed(day, shortlisted(drive, places.danta, now, number), now) for number in range(2)]
    for interview, mark in zip(people, (5, 3), strict=True):
        handed_in(interview, judges_of(panel)[0], (mark,) * 5)
    InterviewDay.objects.update(locked_at=now)
    wanted = {"interview": people[1].pk, "outcome": "SELECTED", "reason": "skill"}

    refused = desk.post(url("propose", day), wanted)
    desk.post(url("propose", day), wanted | {"words": "वीडियो बनाना जानती हैं"})
    decision = Decision.objects.get()
    desk.post(url("approve", day), {"decision": decision.pk})
    decision.refresh_from_db()
    assert (refused.status_code, decision.approved_at) == (422, None)
    client.force_login(other_office)
    client.post(url("approve", day), {"decision": decision.pk})

    people[1].application.refresh_from_db()
    assert people[1].application.status == "SELECTED"


@pytest.mark.parametrize(
    "data", [{}, {"interview": "x", "outcome": "SELECTED"}, {"outcome": "SELECTED", "reason": "rank"}]
)
def test_a_proposal_that_lacks_something_is_told_so(desk, day, data, now):
    InterviewDay.objects.update(locked_at=now)

    assert desk.post(url("propose", day), data).status_code == 422


def test_who_is_in_the_room_is_listed_for_print(desk, day, drive, places, now):
    interview = arrived(day, shortlisted(drive, places.danta, now), now)

    assert interview.application.name in desk.get(url("print", day)).content.decode()
