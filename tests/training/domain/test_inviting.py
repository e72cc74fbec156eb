"""Who is invited, who has a place, who waits."""

from datetime import timedelta

import pytest

from committees.domain import seats
from portal import forecasts
from portal.models import Event, Notice
from tests.factories.committees import make_holder, make_person
from tests.factories.training import make_invited, make_workshop, seat_members
from training.domain import inviting, planning
from training.models import Answer, Enrolment


def answers(workshop):
    """Each enrolment's answer and place, in the order of invitation."""
    return list(workshop.enrolments.order_by("pk").values_list("answer", "place_number"))


def test_all_who_sit_below_are_invited_once(units, sikar, now):
    seat_members(sikar, now, 2)
    seat_members(units["AC036"], now, 1)
    elsewhere = seat_members(units["JPR"], now, 1)
    workshop = make_workshop(sikar, now)

    first = inviting.invite_new_members(now=now)
    again = inviting.invite_new_members(now=now + timedelta(minutes=1))

    assert (first["invited"], again["invited"]) == (3, 0)
    assert not workshop.enrolments.filter(person=elsewhere[0].person).exists()
    assert Notice.objects.filter(template="workshop_invited").count() == 3


def test_invitations_of_a_day_ahead_are_foreseen(sikar, now):
    seat_members(sikar, now, 3)
    later = now + timedelta(days=4)
    make_workshop(sikar, now, invites_from=later)

    foreseen = forecasts.by_day(now, now + timedelta(days=14))

    assert foreseen[later.date(), "workshop_invited"] == 3
    assert inviting.invite_new_members(now=now)["invited"] == 0
    assert inviting.invite_new_members(now=later)["invited"] == 3


def test_a_workshop_for_one_level_invites_that_level_alone(units, sikar, now):
    members = seat_members(sikar, now, 1)
    seat_members(units["AC036"], now, 2)
    workshop = make_workshop(sikar, now, level="district")

    inviting.invite_new_members(now=now)

    assert [row.person for row in workshop.enrolments.all()] == [members[0].person]


def test_someone_with_two_seats_gets_one_invitation(units, sikar, now):
    person = make_person(now)
    make_holder("district-member", sikar, now, person)
    make_holder("assembly-member", units["AC036"], now, person)
    workshop = make_workshop(sikar, now)

    inviting.invite_new_members(now=now)

    assert workshop.enrolments.count() == 1


def test_whoever_is_seated_later_is_invited_later(sikar, now):
    workshop, _first = make_invited(sikar, now, 1)
    later = now + timedelta(days=1)
    seat_members(sikar, later, 1)

    done = inviting.invite_new_members(now=later)

    assert done["invited"] == 1
    assert workshop.enrolments.count() == 2


def test_nobody_is_invited_before_the_day_or_after_the_beginning_or_when_relieved(sikar, now, office):
    gone, _stays = seat_members(sikar, now, 2)
    seats.end(appointment=gone, reason="त्यागपत्र", by=office, now=now)
    workshop = make_workshop(sikar, now, invites_from=now + timedelta(days=2))

    too_early = inviting.invite_new_members(now=now)["invited"]
    in_time = inviting.invite_new_members(now=now + timedelta(days=2))["invited"]
    seat_members(sikar, now, 1)
    too_late = inviting.invite_new_members(now=workshop.starts_at)["invited"]

    assert (too_early, in_time, too_late) == (0, 1, 0)


def test_a_yes_takes_the_lowest_free_place_and_the_next_waits(sikar, now):
    workshop, people = make_invited(sikar, now, 3, capacity=2)

    for minute, enrolment in enumerate(people):
        inviting.answer(enrolment=enrolment, coming=True, now=now + timedelta(minutes=minute))

    assert answers(workshop) == [(Answer.YES, 1), (Answer.YES, 2), (Answer.WAITING, None)]


def test_a_no_lets_the_longest_waiting_move_up_and_tells_them(sikar, now):
    workshop, people = make_invited(sikar, now, 4, capacity=1)
    for minute, enrolment in enumerate([people[0], people[2], people[1]]):
        inviting.answer(enrolment=enrolment, coming=True, now=now + timedelta(minutes=minute))

    inviting.answer(enrolment=people[0], coming=False, now=now + timedelta(hours=1))

    assert answers(workshop) == [(Answer.NO, None), (Answer.WAITING, None), (Answer.YES, 1), (Answer.NONE, None)]
    assert list(Notice.objects.filter(template="workshop_place").values_list("phone", flat=True)) == [
        people[2].person.phone
    ]


def test_the_same_answer_again_changes_nothing(sikar, now):
    _workshop, (enrolment,) = make_invited(sikar, now, 1)
    inviting.answer(enrolment=enrolment, coming=True, now=now)
    events = Event.objects.count()

    inviting.answer(enrolment=enrolment, coming=True, now=now + timedelta(hours=1))

    assert Event.objects.count() == events
    assert enrolment.answered_at == now


def test_whoever_said_no_may_still_say_yes(sikar, now):
    workshop, (enrolment,) = make_invited(sikar, now, 1)
    inviting.answer(enrolment=enrolment, coming=False, now=now)

    inviting.answer(enrolment=enrolment, coming=True, now=now)

    assert answers(workshop) == [(Answer.YES, 1)]


def test_an_answer_after_the_beginning_changes_nothing(sikar, now):
    workshop, (enrolment,) = make_invited(sikar, now, 1)

    with pytest.raises(inviting.TooLate):
        inviting.answer(enrolment=enrolment, coming=True, now=workshop.starts_at)

    assert answers(workshop) == [(Answer.NONE, None)]


def test_a_cancelled_workshop_takes_no_answer(sikar, now, office):
    workshop, (enrolment,) = make_invited(sikar, now, 1)
    planning.cancel(workshop=workshop, by=office, now=now)
    enrolment = Enrolment.objects.opened().get(pk=enrolment.pk)

    with pytest.raises(inviting.TooLate):
        inviting.answer(enrolment=enrolment, coming=True, now=now)


def test_the_sweep_gives_away_a_place_that_crossing_answers_left_free(sikar, now):
    workshop, people = make_invited(sikar, now, 2, capacity=1)
    for enrolment in people:
        inviting.answer(enrolment=enrolment, coming=True, now=now)
    # What two answers at the same moment can leave behind: a free place, and someone waiting.
    Enrolment.objects.filter(pk=people[0].pk).update(answer=Answer.NO, place_number=None)

    done = inviting.invite_new_members(now=now)

    assert done["moved_up"] == 1
    assert answers(workshop) == [(Answer.NO, None), (Answer.YES, 1)]


def test_an_invitation_is_in_the_persons_language_and_by_mail_should_the_sms_fail(sikar, now):
    seat_members(sikar, now, 1, language="en", email="s@example.org")
    workshop = make_workshop(sikar, now)

    inviting.invite_new_members(now=now)

    enrolment = workshop.enrolments.get()
    sent = Notice.objects.filter(template="workshop_invited").order_by("channel")
    assert [(notice.channel, notice.language, notice.spare_email) for notice in sent] == [
        ("sms", "en", "s@example.org")
    ]
    assert {notice.context["url"] for notice in sent} == {f"http://testserver/en/r/{enrolment.link_key}/"}
    assert {notice.context["title"] for notice in sent} == {"New social media tools"}
