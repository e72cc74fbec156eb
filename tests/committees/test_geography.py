"""Where the districts lie."""

import pytest

from committees import geography
from committees.domain import founding

pytestmark = pytest.mark.once


def test_every_district_has_a_place_and_a_tile_of_its_own():
    codes = {unit.code for unit in founding.default_units() if unit.level == "district"}

    places = geography.places()

    assert set(places) == codes
    assert len({place.tile for place in places.values()}) == 41
    assert max(place.tile.column for place in places.values()) == 6  # seven of 44 px beside each other on a phone


def test_how_far_it_is_is_the_same_both_ways_and_unknown_for_strangers():
    far = geography.distance_km("JSM", "DHL")

    assert far == geography.distance_km("DHL", "JSM") == 676
    assert (geography.distance_km("SKR", "SKR"), geography.distance_km("SKR", "JJN")) == (0, 63)
    assert geography.distance_km("SKR", "elsewhere") == geography.UNKNOWN_KM
