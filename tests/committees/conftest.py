"""The small Rajasthan that every test of committees starts from."""

import pytest

from tests.factories.committees import make_tree


@pytest.fixture
def units(db, now):
    """Units by code."""
    return make_tree(now)
