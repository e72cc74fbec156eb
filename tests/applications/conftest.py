"""What tests of applications begin with."""

import pytest

from committees.levels import Role
from tests.factories.desk import Places, a_colleague, a_drive


@pytest.fixture
def places(db, now):
    return Places(now)


@pytest.fixture
def drive(places, now):
    return a_drive(places.state, now)


@pytest.fixture
def office(places, now):
    """A colleague of the state office."""
    return a_colleague(places.state, Role.STATE_OFFICE, now)


@pytest.fixture
def at_office(client, office):
    """The browser of that colleague."""
    client.force_login(office, backend="portal.accounts.backend.DoorBackend")
    return client
