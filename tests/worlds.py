"""A world that all tests of a file begin with is built once for the file, and each test has objects of its own.

The rows stand in a transaction around the tests of the file; what a test does to them is taken
back with it. This is not for tests that commit.
"""

import copy

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation

from tests.factories.desk import Places
from tests.factories.everyone import Everyone


@pytest.fixture(scope="module")
def rows_of_the_file(django_db_setup, django_db_blocker):
    """What is made within stays until the last test of the file and leaves with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def own(db):
    """Copies what the file has made; what was one object stays one."""
    copied = {}
    return lambda made: copy.deepcopy(made, copied)


@pytest.fixture(scope="module")
def everyone_of_the_file(rows_of_the_file, now):
    with translation.override(settings.LANGUAGE_CODE):
        return Everyone(now)


@pytest.fixture
def everyone(own, everyone_of_the_file):
    """One of everyone and of everything, see ``factories.everyone``."""
    return own(everyone_of_the_file)


@pytest.fixture(scope="module")
def places_of_the_file(rows_of_the_file, now):
    return Places(now)


@pytest.fixture
def places(own, places_of_the_file):
    """The small tree of the desk."""
    return own(places_of_the_file)
