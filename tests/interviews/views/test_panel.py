"""What a panel member sees, and above all what not."""

import pytest
from django.urls import reverse

from committees.models import Appointment, Post, Seat
from interviews.models import Conflict, Decision, InterviewDay, ScoreSheet
from tests.factories.sunday import arrived, at, handed_in, interviewed, judges_of, shortlisted


@pytest.fixture
def interview(day, drive, places, now):
    return interviewed(day, shortlisted(drive, places.danta, now, social_group="SC", writing="नहर का पानी"), now)


@pytest.fixture
def judges(panel):
    return judges_of(panel)


@pytest.fixture
def seat(client, judges):
    client.force_login(judges[0].user)
    return client


def card(interview):
    return reverse("interviews:card", args=[interview.day.date, interview.token])


def marks(interview, mark=3, **more):
    criteria = interview.day.drive.criteria.all()
    return {f"c{each.pk}": str(mark) for each in criteria} | {"revision": "0", "note": "ठीक", "do": "submit"} | more


def test_the_name_opens_after_the_word_on_conflicts(seat, interview):
    before = seat.get(card(interview)).content.decode() + seat.get(reverse("interviews:my-panels")).content.decode()
    seat.post(card(interview), {"do": "free"})
    after = seat.get(card(interview)).content.decode()

    assert interview.application.name not in before
    assert "नहर का पानी" not in before
    assert interview.application.name in after
    assert "नहर का पानी" in after


def test_phone_group_and_referrer_are_never_shown(seat, interview):
    seat.post(card(interview), {"do": "free"})
    page = seat.get(card(interview)).content.decode()

    assert interview.application.phone[3:] not in page
    assert interview.application.phone[-5:] not in page
    assert interview.application.get_social_group_display() not in page


def test_a_sheet_is_handed_in_without_javascript(seat, interview):
    seat.post(card(interview), {"do": "free"})
    incomplete = seat.post(card(interview), marks(interview, 5, note=""))
    answer = seat.post(card(interview), marks(interview, 4))

    assert (incomplete.status_code, "टिप्पणी" in incomplete.content.decode()) == (422, True)
    assert answer.url == reverse("interviews:my-panels")
    assert ScoreSheet.objects.get().submitted_at is not None
    assert "अब नहीं बदलेंगे" in seat.get(card(interview)).content.decode()


def send(client, judge, interview, **more):
    said = {"who": judge.pk, "interview": interview.pk} | more
    return client.post(reverse("interviews:send"), said)


def test_a_script_is_answered_in_json(seat, interview, judges):
    seat.post(card(interview), {"do": "free"})

    saved = send(seat, judges[0], interview, **marks(interview, do="save", key="a"))
    short = send(seat, judges[0], interview, do="submit", revision="1")
    done = send(seat, judges[0], interview, **marks(interview, revision="1", key="c"))
    again = send(seat, judges[0], interview, **marks(interview, 4, do="save", revision="2", key="d"))

    assert [answer.status_code for answer in (saved, short, done, again)] == [200, 422, 200, 410]
    assert (saved.json()["revision"], len(short.json()["missing"]), again.json()["same"]) == (1, 5, False)
    assert f"टोकन {interview.token}: आपके अंक जमा हुए" in seat.get(reverse("interviews:my-panels")).content.decode()


def test_a_mark_of_each_device_comes_in_and_the_older_is_shown(seat, interview, judges):
    seat.post(card(interview), {"do": "free"})
    first, second = interview.day.drive.criteria.order_by("order")[:2]
    send(
        seat, judges[0], interview, revision="0", key="a", **{f"c{first.pk}": "4", f"t{first.pk}": "9000"}, clock="9000"
    )

    theirs = {f"c{first.pk}": "2", f"c{second.pk}": "3", f"t{first.pk}": "1000", f"t{second.pk}": "1000"}
    merged = send(seat, judges[0], interview, do="save", revision="0", key="b", clock="999000", **theirs)

    sheet = ScoreSheet.objects.get()
    assert dict(sheet.scores.values_list("criterion", "mark")) == {first.pk: 4, second.pk: 3}
    assert [f"c{first.pk}", "4"] in merged.json()["fields"]
    assert sheet.set_aside[0]["mark"] == 2
    assert "दूसरे उपकरण" in seat.get(card(interview)).content.decode()


def test_a_day_that_was_closed_meanwhile_takes_the_sheet_with_a_reason(seat, interview, judges, day):
    seat.post(card(interview), {"do": "free"})
    InterviewDay.objects.filter(pk=day.pk).update(locked_at=at(17))

    refused = send(seat, judges[0], interview, **marks(interview, key="a"))
    wordless = send(seat, judges[0], interview, **marks(interview, key="a", do="late"))
    taken = send(seat, judges[0], interview, **marks(interview, key="a", do="late", late="नेटवर्क नहीं था"))
    again = send(seat, judges[0], interview, **marks(interview, key="a", do="late", late="नेटवर्क नहीं था"))

    assert [one.status_code for one in (refused, wordless, taken, again)] == [423, 423, 200, 200]
    assert refused.json()["late"] is True
    assert (ScoreSheet.objects.get().late_reason, ScoreSheet.objects.counting().count()) == ("नेटवर्क नहीं था", 0)


def test_another_person_on_the_same_phone_sends_nothing_of_the_first(client, interview, judges):
    client.force_login(judges[1].user)

    answer = send(client, judges[0], interview, **marks(interview, key="a"))

    assert (answer.status_code, ScoreSheet.objects.count()) == (403, 0)
    assert "सुरक्षित" in answer.json()["words"]


def test_who_was_taken_off_the_panel_is_told_where_the_marks_go(seat, interview, judges):
    seat.post(card(interview), {"do": "free"})
    interview.panel.memberships.filter(person=judges[0]).delete()

    answer = send(seat, judges[0], interview, **marks(interview, key="a"))

    assert (answer.status_code, "सुरक्षित" in answer.json()["words"]) == (403, True)


def test_a_correction_without_javascript_waits_for_a_second_person(seat, interview):
    seat.post(card(interview), {"do": "free"})
    seat.post(card(interview), marks(interview, 4))
    wordless = seat.post(card(interview), marks(interview, 3, do="correct"))
    seat.post(card(interview), marks(interview, 3, do="correct", why="उल्टा लिख दिया"))

    assert wordless.status_code == 422
    assert [sheet.version for sheet in ScoreSheet.objects.counting()] == [1]
    assert "उल्टा लिख दिया" in seat.get(card(interview)).content.decode()


def test_marks_of_others_stay_hidden_until_ones_own_are_in(seat, interview, judges):
    handed_in(interview, judges[1], (1, 1, 1, 1, 1), "पड़ोसी की बात")
    seat.post(card(interview), {"do": "free"})
    before = seat.get(card(interview)).content.decode()
    seat.post(card(interview), marks(interview))
    after = seat.get(card(interview)).content.decode()

    assert ("पड़ोसी की बात" in before, "पड़ोसी की बात" in after) == (False, True)
    assert (judges[1].name in before, judges[1].name in after) == (False, True)


def seat_in_office(person, places, now):
    post, _new = Post.objects.get_or_create(
        code="office", defaults={"level": "state", "name_hi": "कार्यालय", "name_en": "Office", "role": "state_office"}
    )
    chair = Seat.objects.create(unit=places.state, post=post, number=99)
    Appointment.objects.create(seat=chair, person=person, since=now)


def test_results_show_nobody_s_marks_until_the_day_is_closed(seat, client, office, interview, judges, places, now, day):
    seat_in_office(judges[0], places, now)
    handed_in(interview, judges[1], (2, 4, 4, 4, 4), "सबकी बात")
    results, name = reverse("interviews:results", args=day.address), interview.application.name
    nothing = seat.get(results).content.decode()
    seat.post(card(interview), {"do": "free"})
    seat.post(card(interview), marks(interview))
    own = seat.get(results).content.decode()
    wish = {"interview": interview.pk, "outcome": "SELECTED", "reason": "rank"}
    seat.post(reverse("interviews:propose", args=day.address), wish)
    InterviewDay.objects.update(locked_at=at(17))
    after = seat.get(results).content.decode()

    assert (name in nothing, "18.0" in nothing, "सबकी बात" in nothing) == (False, False, False)
    assert f"<b>{judges[0].name}</b>, {interview.panel.name}: 1 अंक-पत्र" in nothing
    assert (name in own, "15.0" in own, "16.5" in own) == (True, True, False)
    assert (name in after, "16.5" in after, Decision.objects.exists()) == (True, True, False)


def test_a_conflict_closes_every_door_even_with_a_second_role(seat, interview, judges, places, now, day):
    seat_in_office(judges[0], places, now)
    handed_in(interview, judges[1])
    seat.post(card(interview), {"do": "conflict", "reason": "रिश्तेदार"})

    assert Conflict.objects.get().reason == "रिश्तेदार"
    assert seat.get(card(interview)).status_code == 404
    assert seat.post(card(interview), {"do": "free"}).status_code == 404
    for name in ("planner", "queue", "results", "print", "release"):
        page = seat.get(reverse(f"interviews:{name}", args=day.address)).content.decode()
        assert interview.application.name not in page, name
    seat.post(
        reverse("interviews:propose", args=day.address),
        {"interview": interview.pk, "outcome": "SELECTED", "reason": "rank"},
    )
    assert not hasattr(type(interview).objects.get(pk=interview.pk), "decision")


def test_a_member_of_another_panel_finds_nothing(client, office, reception, interview, places, now):
    for user in (office, reception):
        client.force_login(user)
        assert client.get(card(interview)).status_code == 404


def test_who_has_not_arrived_has_no_card(seat, day, drive, places, now):
    assert seat.get(reverse("interviews:card", args=[day.date, 1])).status_code == 404


def test_my_day_asks_the_same_number_of_questions(seat, day, drive, places, now, django_assert_num_queries):
    arrived(day, shortlisted(drive, places.danta, now, 0), now)
    seat.get(reverse("interviews:my-panels"))  # what the menu remembers for a while is not ours to count
    with django_assert_num_queries(5):
        seat.get(reverse("interviews:my-panels"))
    for number in (1, 2):
        arrived(day, shortlisted(drive, places.danta, now, number), now, when=at(10, 40))
    with django_assert_num_queries(5):
        seat.get(reverse("interviews:my-panels"))
