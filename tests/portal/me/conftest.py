"""The world of people who ask about their own data."""

import pytest

from tests.factories.desk import a_drive


@pytest.fixture(scope="module")
def drive_of_the_file(places_of_the_file, now):
    return a_drive(places_of_the_file.state, now, asks_representation=True)


@pytest.fixture
def drive(own, drive_of_the_file):
    return own(drive_of_the_file)
