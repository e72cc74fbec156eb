"""What tests of the interview day begin with."""

import pytest

from committees.levels import Role
from tests.factories.desk import a_colleague, a_drive
from tests.factories.sunday import a_day


@pytest.fixture(scope="module")
def drive_of_the_file(places_of_the_file, now):
    return a_drive(places_of_the_file.state, now)


@pytest.fixture
def drive(own, drive_of_the_file):
    return own(drive_of_the_file)


@pytest.fixture
def day(drive, places, now):
    """Sunday with one panel of two."""
    return a_day(drive, places.state, now)


@pytest.fixture
def panel(day):
    return day.panels.get()


@pytest.fixture
def office(places, now):
    """A colleague of the state office."""
    return a_colleague(places.state, Role.STATE_OFFICE, now)


@pytest.fixture
def other_office(places, now):
    """A second one, for what needs two."""
    return a_colleague(places.state, Role.STATE_OFFICE, now, number=2, name="मोहन कुमार")


@pytest.fixture
def reception(places, now):
    return a_colleague(places.state, Role.RECEPTION, now, number=3, name="रेखा सैनी")
