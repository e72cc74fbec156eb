"""A small Rajasthan, its posts and its people, built with the real domain."""

from itertools import count

from committees.domain import forming, founding, seats, tree
from committees.domain.tree import Row
from committees.models import Unit
from portal import people

STATE = Row("state", "RJ", "", "राजस्थान", "Rajasthan")
ROWS = [
    STATE,
    Row("district", "SKR", "RJ", "सीकर", "Sikar"),
    Row("district", "JPR", "RJ", "जयपुर", "Jaipur"),
    Row("assembly", "AC036", "SKR", "दांतारामगढ़", "Danta Ramgarh", 36),
    Row("assembly", "AC034", "SKR", "धोद", "Dhod", 34),
    Row("assembly", "AC046", "JPR", "आमेर", "Amber", 46),
    Row("block", "AC036-A", "AC036", "रींगस", "Reengus"),
    Row("mandal", "AC036-A-M1", "AC036-A", "पलसाना", "Palsana"),
    Row(
        "booth",
        "AC036-P112",
        "AC036-A-M1",
        "भाग 112 · राजकीय विद्यालय",
        "Part 112 · Government School",
        112,
        slug="b-112",
    ),
]
NUMBERS = count(9829000001)


def make_tree(now):
    """Two districts, three assemblies, one line down to a booth, with posts and chairs. Returns the units by code."""
    founding.load_posts(rows=founding.default_posts(), by=None, now=now)
    tree.load(rows=ROWS, by=None, now=now)
    units = {unit.code: unit for unit in Unit.objects.with_chain()}
    forming.make_seats_below(unit=units["RJ"], by=None, now=now)
    return units


def make_person(now, name="सुनीता मीणा", phone=None, **details):
    """Someone whom the office knows."""
    return people.know(phone=phone or str(next(NUMBERS)), name=name, now=now, **details)


def make_holder(post_code, unit, now, person=None, *, accepted=False, **terms):
    """Seat someone on the first free chair of this post. Returns the appointment."""
    chair = unit.seats.vacant(now).filter(post__code=post_code).order_by("number").first()
    appointment = seats.seat(person=person or make_person(now), seat=chair, by=None, now=now, **terms)
    if accepted:
        seats.accept(appointment=appointment, now=now)
    return appointment


def make_user(post_code, unit, now, name="सुनीता मीणा"):
    """A signed-in colleague: the user of someone seated on this post."""
    return make_holder(post_code, unit, now, make_person(now, name)).person.user
