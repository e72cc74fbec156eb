"""A visit is written down once, however often a phone sends it, and corrected for a day."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from committees.domain import visiting
from committees.domain.visiting import Told
from committees.models import Visit, VisitPhoto
from portal import audit
from portal.models import Event
from tests.factories.committees import make_user
from tests.factories.form import picture


@pytest.fixture
def incharge(units, now):
    return make_user("district-incharge", units["SKR"], now)


@pytest.fixture
def told(units, now):
    return Told(unit=units["AC036"], on=now.date(), place="पलसाना", met=12, note="दो नाम आए")


def log(incharge, told, now, key="0123456789abcdef"):
    return visiting.log(key=key, told=told, person=incharge.person, by=incharge, now=now)


def test_what_is_sent_twice_is_written_once(units, incharge, told, now):
    first = log(incharge, told, now)
    again = log(incharge, told, now + timedelta(days=2))
    other = make_user("district-incharge", units["JPR"], now)
    theirs = log(other, told, now)  # the same key from the phone of another

    assert (again.pk, theirs.pk == first.pk) == (first.pk, False)
    row = Visit.objects.values("unit", "person", "on", "place", "met", "note", "made_at").get(pk=first.pk)
    assert row == {**vars(told), "unit": units["AC036"].pk, "person": incharge.person_id, "made_at": now}
    assert Event.objects.filter(verb="logged a visit").count() == 2


def test_it_is_changed_or_taken_back_within_a_day(units, incharge, told, now):
    visit, late = log(incharge, told, now), now + timedelta(days=1)
    better = Told(**{**vars(told), "met": 14, "unit": units["AC034"]})

    visiting.change(visit=visit, told=better, by=incharge, now=now + timedelta(hours=23))
    for act in ({"told": told}, None):
        with pytest.raises(visiting.TooLate):
            (visiting.change if act else visiting.withdraw)(visit=visit, by=incharge, now=late, **(act or {}))

    assert Visit.objects.values_list("met", "unit").get() == (14, units["AC034"].pk)
    visiting.withdraw(visit=visit, by=incharge, now=now + timedelta(hours=23))
    assert not Visit.objects.exists()
    assert [event.verb for event in audit.history(visit)] == ["logged a visit", "changed a visit", "withdrew a visit"]


def test_a_photo_is_made_anew_large_and_small_and_goes_with_the_visit(incharge, told, now):
    first, other = (visiting.photo_of(picture(size=size)) for size in ((3000, 2000), (40, 40)))
    visit = visiting.log(key="with-photo", told=told, photo=first, person=incharge.person, by=incharge, now=now)
    visiting.log(key="with-photo", told=told, photo=first, person=incharge.person, by=incharge, now=now)

    with Image.open(BytesIO(first.small)) as small:
        assert (small.format, small.size) == ("WEBP", (192, 128))
    assert sizes() == [(1024, 683)]
    visiting.change(visit=visit, told=told, by=incharge, now=now)
    assert sizes() == [(1024, 683)]
    visiting.change(visit=visit, told=told, photo=other, by=incharge, now=now)
    assert sizes() == [(40, 40)]
    visiting.change(visit=visit, told=told, without_photo=True, by=incharge, now=now)
    assert sizes() == []
    visiting.change(visit=visit, told=told, photo=first, by=incharge, now=now)
    visiting.withdraw(visit=visit, by=incharge, now=now)
    assert sizes() == []


def sizes():
    return list(VisitPhoto.objects.values_list("width", "height"))


@pytest.mark.parametrize(("days", "fits"), [(-366, False), (-365, True), (60, True), (61, False)])
def test_the_day_is_of_the_last_year_or_soon(incharge, told, now, days, fits):
    on = Told(**{**vars(told), "on": told.on + timedelta(days=days)})

    if fits:
        assert log(incharge, on, now).on == on.on
    else:
        with pytest.raises(visiting.BadDay):
            log(incharge, on, now)
        assert not Visit.objects.exists()
