"""What tests of applications begin with."""

import pytest

from committees.levels import Role
from tests.factories.desk import a_colleague, a_drive


@pytest.fixture(scope="module")
def drive_of_the_file(places_of_the_file, now):
    return a_drive(places_of_the_file.state, now)


@pytest.fixture
def drive(own, drive_of_the_file):
    return own(drive_of_the_file)


@pytest.fixture
def office(places, now):
    """A colleague of the state office."""
    return a_colleague(places.state, Role.STATE_OFFICE, now)


@pytest.fixture
def at_office(client, office):
    """The browser of that colleague."""
    client.force_login(office, backend="portal.accounts.backend.DoorBackend")
    return client
