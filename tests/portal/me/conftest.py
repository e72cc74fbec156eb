"""The world of people who ask about their own data."""

import pytest

from tests.factories.desk import Places, a_drive


@pytest.fixture
def places(db, now):
    return Places(now)


@pytest.fixture
def drive(places, now):
    return a_drive(places.state, now, asks_representation=True)
