"""One file, taken in by many hands at once: in once, told once, and the others hear that it is done."""

import pytest
from django.db import IntegrityError, transaction

from applications.domain.importing import batches
from applications.models import Application, ImportBatch
from portal.models import Notice
from tests.applications.importing.world import table, uploaded
from tests.factories.desk import Places, a_drive
from tests.race.barrier import run_together

HANDS = 8
ROWS = [["2025/11/03 10:00:00 am GMT+5:30", "कमला गोयल", f"60000020{at:02}", "सीकर", "1985"] for at in range(20)]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def batch(now):
    return uploaded(a_drive(Places(now).state, now), now, table(*ROWS))


def test_two_imports_of_one_file_are_one(batch, now):
    def take_in(_number):
        return batches.take_in(batch=ImportBatch.objects.select_related("drive").get(pk=batch.pk), by=None, now=now)

    outcomes = run_together(HANDS, take_in)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyDone"] * (HANDS - 1) + ["ImportBatch"]
    assert (Application.objects.count(), Notice.objects.count()) == (len(ROWS), len(ROWS))


def test_without_the_mark_of_who_came_first_the_others_would_run_into_the_database(batch, now):
    planned = [values for _row, values in batches.look(batch=batch, now=now).people]

    def create(_number):
        with transaction.atomic():
            return batches._create(batch, planned, None, now)

    outcomes = run_together(HANDS, create)

    assert [type(outcome) for outcome in outcomes].count(IntegrityError) == HANDS - 1
    assert Application.objects.count() == len(ROWS)
