"""The small Rajasthan of the committees' tests, and a trainer's colleague from the state office."""

import pytest

from tests.factories.committees import make_tree, make_user


@pytest.fixture
def units(db, now):
    """Units by code."""
    return make_tree(now)


@pytest.fixture
def sikar(units):
    return units["SKR"]


@pytest.fixture
def office(units, now):
    """Someone of the state office, who may plan workshops anywhere."""
    return make_user("state-office", units["RJ"], now, "कमला देवी")
