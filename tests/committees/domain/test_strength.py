"""How many chairs a post has where: the nearest word holds, under the caps of those above."""

import pytest

from committees import sanctions
from committees.domain import forming, seats, strength
from committees.domain.strength import OverCap
from committees.models import Post, Sanction, Seat
from portal import jobs
from portal.models import Event, Job
from tests.factories.committees import make_holder, make_user


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now)


@pytest.fixture
def member(units):
    return Post.objects.get(code="booth-member")


def numbers_of(unit, post, *, is_open=True):
    return list(
        unit.seats.filter(post=post, closed_on__isnull=is_open).order_by("number").values_list("number", flat=True)
    )


def test_the_nearest_word_holds(units, member, office, now):
    told = {"post": member, "by": office, "now": now}
    strength.sanction(unit=units["RJ"], seats=3, **told)
    strength.sanction(unit=units["AC036"], seats=5, **told)
    outcome = strength.sanction(unit=units["SKR"], seats=4, **told)

    booth = units["AC036-P112"]
    assert (sanctions.strength(booth, member).seats, sanctions.strength(booth, member).said.unit) == (5, units["AC036"])
    assert sanctions.strength(units["JPR"], member).seats == 3
    assert (outcome.laid, numbers_of(booth, member)) == (forming.Laid(), [1, 2, 3, 4, 5])

    lifted = strength.lift(unit=units["AC036"], post=member, by=office, now=now)
    assert (lifted.laid.closed, numbers_of(booth, member)) == (1, [1, 2, 3, 4])
    assert Event.objects.filter(verb__in=["sanctioned", "lifted"]).count() == 4


def test_empty_chairs_go_a_held_one_goes_with_its_holder_and_closed_ones_come_back_first(units, member, office, now):
    booth = units["AC036-P112"]
    told = {"unit": booth, "post": member, "by": office, "now": now}
    strength.sanction(seats=5, **told)
    held = [make_holder("booth-member", booth, now) for _ in range(4)]

    fewer = strength.sanction(seats=2, **told)
    assert (fewer.laid, numbers_of(booth, member)) == (forming.Laid(closed=1), [1, 2, 3, 4])
    for appointment in (held[0], held[3]):
        seats.end(appointment=appointment, reason="त्यागपत्र", by=office, now=now)
    assert numbers_of(booth, member) == [2, 3]
    seats.end(appointment=held[1], reason="त्यागपत्र", by=office, now=now)
    assert numbers_of(booth, member) == [2, 3]

    more = strength.sanction(seats=6, **told)
    assert more.laid == forming.Laid(new=1, reopened=3)
    assert numbers_of(booth, member) == [1, 2, 3, 4, 5, 6]


def test_those_below_stay_under_every_cap_from_above(units, member, office, now):
    told = {"post": member, "by": office, "now": now}
    strength.sanction(unit=units["RJ"], seats=3, cap=5, **told)
    strength.sanction(unit=units["AC036"], seats=5, **told)

    with pytest.raises(OverCap) as refused:
        strength.sanction(unit=units["SKR"], seats=6, keeps_cap=True, **told)
    assert refused.value.words == "राजस्थान के लिए अधिकतम 5 तय हैं। सीमा तय की: सुनीता मीणा"

    strength.sanction(unit=units["RJ"], seats=3, cap=4, **told)  # a cap that comes down takes those below along
    assert numbers_of(units["AC036-P112"], member) == [1, 2, 3, 4]


def test_what_those_above_capped_here_binds_who_says_the_number_here(units, member, office, now):
    told = {"unit": units["SKR"], "post": member, "by": office, "now": now}
    strength.sanction(seats=2, cap=3, **told)

    with pytest.raises(OverCap):
        strength.sanction(seats=4, keeps_cap=True, **told)
    strength.sanction(seats=3, keeps_cap=True, **told)

    assert Sanction.objects.values_list("seats", "most").get() == (3, 3)


def test_no_unit_passes_the_cap_of_the_post_itself(units, member, office, now):
    Post.objects.filter(pk=member.pk).update(most=3)
    member.refresh_from_db()

    with pytest.raises(OverCap) as refused:
        strength.sanction(unit=units["RJ"], post=member, seats=4, by=office, now=now)

    assert refused.value.words == "किसी भी इकाई में 3 से अधिक नहीं हो सकते: यह सीमा पद में ही लिखी है।"
    assert not Sanction.objects.exists()


def test_many_chairs_are_laid_in_the_background(units, member, office, now, monkeypatch):
    monkeypatch.setattr(strength, "AT_ONCE", 3)

    outcome = strength.sanction(unit=units["RJ"], post=member, seats=4, by=office, now=now)
    assert numbers_of(units["AC036-P112"], member) == [1, 2]
    assert jobs.do_due(now=now) == {"done": 1, "failed": 0}

    assert numbers_of(units["AC036-P112"], member) == [1, 2, 3, 4]
    assert Job.objects.get(pk=outcome.job.pk).outcome == {"lines": ["2 पद बढ़े, 0 रिक्त पद घटे।"]}


def test_a_new_unit_has_the_chairs_that_were_sanctioned_for_it(units, office, now):
    post = Post.objects.get(code="mandal-member")
    strength.sanction(unit=units["SKR"], post=post, seats=5, by=office, now=now)
    Seat.objects.filter(unit=units["AC036-A-M1"]).delete()

    forming.make_seats(unit=units["AC036-A-M1"], by=office, now=now)

    assert numbers_of(units["AC036-A-M1"], post) == [1, 2, 3, 4, 5]
