"""Planned, changed, cancelled; and who hears of it."""

from datetime import timedelta

import pytest

from portal.accounts.opening import PhoneTaken
from portal.models import Notice, User
from portal.models.notices import NoticeStatus
from portal.people import AnotherName
from tests.factories.committees import make_person
from tests.factories.training import make_invited, make_workshop
from training.domain import inviting, planning
from training.domain.sessions import Part
from training.models import Workshop


def test_a_workshop_gets_an_address_of_its_topic_that_nobody_can_guess(sikar, now):
    first, second = make_workshop(sikar, now), make_workshop(sikar, now)

    assert first.slug.rpartition("-")[0] == "new-social-media-tools"
    assert first.slug != second.slug


def test_trainers_may_sign_in(sikar, now, office):
    known = make_person(now, "रमेश चौधरी")

    workshop = make_workshop(sikar, now, trainers=[known], new_trainer=("9829077777", "अनिता शर्मा"), by=office)

    assert {person.name for person in workshop.trainers.all()} == {"रमेश चौधरी", "अनिता शर्मा"}
    assert User.objects.filter(person__in=workshop.trainers.all()).count() == 2


def test_a_new_trainer_of_another_name_stops_everything(sikar, now):
    make_person(now, "रमेश चौधरी", phone="9829077777")

    with pytest.raises(AnotherName):
        make_workshop(sikar, now, new_trainer=("9829077777", "अनिता शर्मा"))

    assert not Workshop.objects.exists()


def test_a_trainer_whose_family_signs_in_with_the_phone_stops_everything(sikar, now, office):
    sister = make_person(now, "अनिता देवी", phone=office.phone, share=1)

    with pytest.raises(PhoneTaken):
        make_workshop(sikar, now, trainers=[sister])

    assert not Workshop.objects.exists()


def test_a_new_time_is_told_to_all_but_those_who_said_no(sikar, now, office):
    workshop, people = make_invited(sikar, now, 3)
    inviting.answer(enrolment=people[0], coming=True, now=now)
    inviting.answer(enrolment=people[1], coming=False, now=now)
    starts = workshop.starts_at + timedelta(days=1)

    part = Part(starts, starts + timedelta(hours=5), pk=workshop.sessions.get().pk)
    planning.change(workshop=workshop, trainers=[], parts=[part], by=office, now=now)

    told = Notice.objects.filter(template="workshop_changed").values_list("phone", flat=True)
    assert set(told) == {people[0].person.phone, people[2].person.phone}
    invitations = Notice.objects.filter(template="workshop_invited").values_list("status", flat=True)
    assert set(invitations) == {NoticeStatus.CANCELLED}


def test_a_new_title_is_told_to_nobody(sikar, now, office):
    workshop, _people = make_invited(sikar, now, 1)

    planning.change(workshop=workshop, trainers=[], title_hi="डिजिटल रणनीति", by=office, now=now)

    assert not Notice.objects.filter(template="workshop_changed").exists()


def test_more_seats_let_those_who_wait_move_up(sikar, now, office):
    workshop, people = make_invited(sikar, now, 3, capacity=1)
    for enrolment in people:
        inviting.answer(enrolment=enrolment, coming=True, now=now)

    planning.change(workshop=workshop, trainers=[], capacity=2, by=office, now=now)

    assert list(workshop.enrolments.order_by("pk").values_list("place_number", flat=True)) == [1, 2, None]


def test_seats_that_are_taken_stay(sikar, now, office):
    workshop, people = make_invited(sikar, now, 2, capacity=5)
    for enrolment in people:
        inviting.answer(enrolment=enrolment, coming=True, now=now)

    with pytest.raises(planning.TooSmall) as problem:
        planning.change(workshop=workshop, trainers=[], capacity=1, by=office, now=now)

    assert problem.value.taken == 2
    workshop.refresh_from_db()
    assert workshop.capacity == 5


def test_cancelling_tells_everyone_once_and_takes_the_rest_back(sikar, now, office):
    workshop, people = make_invited(sikar, now, 2)
    inviting.answer(enrolment=people[1], coming=False, now=now)

    planning.cancel(workshop=workshop, by=office, now=now)
    with pytest.raises(planning.Gone):
        planning.cancel(workshop=Workshop.objects.get(), by=office, now=now)

    waiting = Notice.objects.filter(status=NoticeStatus.QUEUED, template__startswith="workshop_")
    assert [(notice.template, notice.phone) for notice in waiting] == [("workshop_cancelled", people[0].person.phone)]
    assert inviting.invite_new_members(now=now)["invited"] == 0


def test_what_has_begun_is_not_cancelled(sikar, now, office):
    workshop = make_workshop(sikar, now)

    with pytest.raises(planning.Gone):
        planning.cancel(workshop=workshop, by=office, now=workshop.starts_at)

    workshop.refresh_from_db()
    assert workshop.cancelled_at is None


def test_what_is_over_is_not_changed(sikar, now, office):
    workshop = make_workshop(sikar, now)

    with pytest.raises(planning.Gone):
        planning.change(workshop=workshop, trainers=[], capacity=60, by=office, now=workshop.ends_at)
