"""What every test of the pages of training starts from."""

import pytest
from django.utils import timezone


@pytest.fixture
def now():
    """The pages read the clock, so this is about now."""
    return timezone.now()


@pytest.fixture
def desk(client, office):
    """A browser of the state office."""
    client.force_login(office)
    return client
