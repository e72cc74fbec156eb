"""Three clocks strike the same minute, as three beats of Celery would: each thing is promised and sent once."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from portal.models import Notice
from tests.factories.committees import make_holder, make_tree
from tests.factories.training import make_invited
from tests.race.barrier import run_together

CLOCKS = 3
TWO_DAYS = timedelta(days=2)


def strike(_number):
    call_command("tick", stdout=io.StringIO())


@pytest.fixture
def silent(transactional_db, provider, now, clock):
    """An in-charge and four invited were told, and have said nothing for two days; the workshop is in two more."""
    units = make_tree(now)
    make_holder("district-incharge", units["SKR"], now)
    make_invited(units["SKR"], now, 4, starts_in=2 * TWO_DAYS)
    strike(0)
    clock.shift(TWO_DAYS)


def test_three_clocks_do_what_one_does(silent, provider):
    troubles = [one for one in run_together(CLOCKS, strike) if one]
    at_once = list(provider.references)
    strike(0)

    assert troubles == []
    assert provider.references == sorted(set(at_once))
    sent = Notice.objects.filter(status="SENT", tries=1)
    assert sorted(sent.values_list("key", flat=True)) == provider.references
    assert {"appointed", "appointed_reminder", "workshop_invited", "workshop_2d_ask"} <= {one.template for one in sent}
