"""Chairs for units."""

from committees.domain import forming, founding
from committees.models import Post, Seat
from portal.models import Event


def test_every_level_has_the_chairs_of_its_posts(units):
    seats = {code: units[code].seats.of_committee().count() for code in ("RJ", "SKR", "AC036", "AC036-A", "AC036-P112")}

    assert seats == {"RJ": 31, "SKR": 21, "AC036": 11, "AC036-A": 9, "AC036-P112": 5}


def test_make_seats_again_makes_none(units, now):
    events = Event.objects.count()

    made = forming.make_seats(unit=units["SKR"], by=None, now=now)

    assert made == 0
    assert Event.objects.count() == events


def test_a_post_that_asks_for_more_gets_more(units, now):
    post = Post.objects.get(code="booth-member")
    post.seats_per_unit = 4

    founding.save_post(post=post, by=None, now=now)

    assert Seat.objects.filter(post=post).count() == 4


def test_a_post_that_asks_for_less_loses_no_chair(units, now):
    post = Post.objects.get(code="booth-member")
    post.seats_per_unit = 1

    founding.save_post(post=post, by=None, now=now)

    assert Seat.objects.filter(post=post).count() == 2


def test_found_stands_up_the_known_units_and_repeats_without_harm(db, now):
    state = founding.found(by=None, now=now)
    seats = Seat.objects.count()

    founding.found(by=None, now=now)

    levels = [row.level for row in founding.default_units()]
    assert (state.name_hi, levels.count("district"), levels.count("assembly")) == ("राजस्थान", 41, 200)
    assert Seat.objects.count() == seats == 51 + 41 * 22 + 200 * 11
