"""A batch invites some more than it has seats; who stays silent is asked once more and makes room for others."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.models import Notice
from tests.factories.learning import make_series
from tests.factories.training import make_workshop, seat_members
from training.domain import inviting, planning, qualifying, reminding
from training.models import Answer, Enrolment

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def series(now):
    return make_series(now)


@pytest.fixture
def district(units, sikar, now):
    """Fifteen who sit in Sikar, longer than anybody below; four in an assembly."""
    found = seat_members(sikar, now - DAY, 15)
    assert len(found) == 15
    return found + seat_members(units["AC036"], now, 4)


def batch(unit, now, series, capacity=8, **details):
    return make_workshop(unit, now, series=series, capacity=capacity, **details)


def sweep(now):
    return inviting.invite_new_members(now=now)


def people(workshop):
    return list(workshop.enrolments.select_related("person", "workshop").order_by("pk"))


def said(workshop):
    """How many of each answer."""
    answers = list(workshop.enrolments.values_list("answer", flat=True))
    return {answer: answers.count(answer) for answer in set(answers)}


@pytest.mark.parametrize(("share", "invited"), [(0, 8), (20, 10), (33, 11), (60, 19)])
def test_a_batch_invites_as_many_as_fill_its_seats_by_its_own_share(district, sikar, now, series, share, invited):
    workshop = batch(sikar, now, series, absent_share=share)

    assert [sweep(now + minute * MINUTE)["invited"] for minute in range(2)] == [invited, 0]
    assert workshop.enrolments.count() == invited


def test_a_usual_batch_expects_one_of_five_to_be_silent_and_none_expects_all_to_be(sikar, now, series):
    assert batch(sikar, now, series).absent_share == 20
    with pytest.raises(IntegrityError, match="a_workshop_expects_somebody"), transaction.atomic():
        batch(sikar, now, series, absent_share=61)


def test_there_is_never_a_yes_more_than_seats_and_the_rest_move_up(district, sikar, now, series):
    workshop = batch(sikar, now, series)
    sweep(now)

    for enrolment in people(workshop):
        inviting.answer(enrolment=enrolment, coming=True, now=now + HOUR)
    full = said(workshop)
    inviting.answer(enrolment=people(workshop)[0], coming=False, now=now + 2 * HOUR)

    assert full == {Answer.YES: 8, Answer.WAITING: 2}
    assert said(workshop) == {Answer.YES: 8, Answer.WAITING: 1, Answer.NO: 1}
    assert sweep(now + 3 * HOUR)["invited"] == 0  # somebody waits: another invitation would be for nothing


def test_the_more_have_said_yes_the_fewer_are_invited_beyond_the_seats(district, sikar, now, series):
    workshop = batch(sikar, now, series)
    sweep(now)
    for enrolment in people(workshop)[:6]:
        inviting.answer(enrolment=enrolment, coming=True, now=now + HOUR)

    for enrolment in people(workshop)[6:8]:
        inviting.answer(enrolment=enrolment, coming=False, now=now + HOUR)

    assert (sweep(now + HOUR)["invited"], said(workshop)) == (0, {Answer.YES: 6, Answer.NO: 2, Answer.NONE: 2})
    inviting.answer(enrolment=people(workshop)[8], coming=False, now=now + HOUR)
    assert sweep(now + HOUR)["invited"] == 1  # two seats, one silent


def test_who_was_asked_again_and_stays_silent_gives_the_batch_free_a_day_before(district, sikar, now, series):
    workshop = batch(sikar, now, series)
    sweep(now)
    for enrolment in people(workshop)[:4]:
        inviting.answer(enrolment=enrolment, coming=True, now=now)
    silent = people(workshop)[4:]
    reminding.remind(now=workshop.starts_at - 2 * DAY)

    done = [sweep(workshop.starts_at - before) for before in (DAY + MINUTE, DAY, DAY - MINUTE)]

    assert Notice.objects.filter(template="workshop_2d_ask").count() == len(silent) == 6
    assert [(each["lapsed"], each["invited"]) for each in done] == [(0, 0), (6, 5), (0, 0)]
    lapsed = Enrolment.objects.filter(lapsed_at=workshop.starts_at - DAY)
    assert set(lapsed) == set(silent)
    assert set(lapsed.values_list("answer", "batch_of")) == {(Answer.NONE, None)}
    assert reminding.remind(now=workshop.starts_at - DAY) == {"two_days": 0, "asked_again": 0, "three_hours": 0}


def test_who_was_silent_is_invited_to_the_next_batch(district, sikar, now, series):
    first = batch(sikar, now, series)
    sweep(now)
    second = batch(sikar, now, series, starts_in=30 * DAY, capacity=40)
    invited_at_once = sweep(now + MINUTE)["invited"]

    sweep(first.starts_at - DAY)

    assert invited_at_once == 9
    silent = first.enrolments.exclude(lapsed_at=None).values("person")
    assert second.enrolments.filter(person__in=silent).count() == 10


def test_a_late_yes_takes_a_free_seat_or_waits_unless_another_batch_has_the_person(district, sikar, now, series):
    workshop = batch(sikar, now, series, absent_share=0)
    sweep(now)
    late, later, moved = people(workshop)[:3]
    closed = workshop.starts_at - DAY
    for enrolment in people(workshop)[3:]:
        inviting.answer(enrolment=enrolment, coming=True, now=now)
    qualifying.lapse(now=closed)
    Enrolment.objects.create(
        workshop=batch(sikar, now, series, starts_in=30 * DAY), person=moved.person, invited_at=now, batch_of=series
    )

    inviting.answer(enrolment=late, coming=True, now=closed)
    planning.change(workshop=workshop, trainers=[], capacity=6, by=None, now=closed)
    inviting.answer(enrolment=Enrolment.objects.opened().get(pk=later.pk), coming=True, now=closed)

    assert (late.answer, late.batch_of_id) == (Answer.YES, series.pk)
    assert Enrolment.objects.get(pk=later.pk).answer == Answer.WAITING
    with pytest.raises(inviting.InAnother):
        inviting.answer(enrolment=moved, coming=True, now=closed)


def test_who_was_invited_too_late_to_be_asked_again_keeps_the_batch(district, sikar, now, series):
    workshop = batch(sikar, now, series, starts_in=DAY + 6 * HOUR)
    sweep(now)

    assert qualifying.lapse(now=workshop.starts_at - HOUR) == 0
    assert qualifying.answer_by(people(workshop)[0], now) is None


def test_without_a_series_everybody_is_invited_and_silence_costs_nothing(district, sikar, now):
    workshop = make_workshop(sikar, now, capacity=2)

    assert sweep(now)["invited"] == 19
    assert sweep(workshop.starts_at - DAY)["lapsed"] == 0
    assert qualifying.answer_by(people(workshop)[0], now) is None


def test_the_person_is_told_until_when_to_answer_and_afterwards_that_it_was_too_late(
    client, clock, district, sikar, now, series
):
    workshop = batch(sikar, now, series)
    sweep(now)
    page = f"/r/{people(workshop)[0].link_key}/"

    before = client.get(page)
    clock.move_to(workshop.starts_at - DAY)
    sweep(workshop.starts_at - DAY)
    after = client.get(page)

    assert before.context["answer_by"] == workshop.starts_at - DAY
    assert "तक उत्तर दें। उसके बाद आपकी जगह दूसरों के लिए खाली हो जाएगी।" in before.text
    assert "आपका उत्तर समय पर नहीं आया" in after.text
    assert client.post(page, {"coming": "yes"}, follow=True).context["enrolment"].answer == Answer.YES
