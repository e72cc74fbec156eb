"""The small Rajasthan of the committees' tests, once for each file, and a trainer's colleague from the state office."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories.committees import make_tree, make_user

FOUNDED = datetime(2025, 11, 10, 10, 0, tzinfo=ZoneInfo("Asia/Kolkata"))  # whatever a file's tests take for now


@pytest.fixture(scope="module")
def units_of_the_file(rows_of_the_file):
    return make_tree(FOUNDED)


@pytest.fixture
def units(own, units_of_the_file):
    """Units by code."""
    return own(units_of_the_file)


@pytest.fixture
def sikar(units):
    return units["SKR"]


@pytest.fixture
def office(units, now):
    """Someone of the state office, who may plan workshops anywhere."""
    return make_user("state-office", units["RJ"], now, "कमला देवी")
