"""How a column is looked into, and by which index."""

import pytest
from django.db import connection
from django.utils import timezone

from portal import outbox
from portal.models import Notice

OTHERS = 3000


@pytest.fixture
def notices(db):
    now = timezone.now()

    def add(*keys):
        rows = [Notice(key=key, phone="+919876500001", template="code", due_at=now) for key in keys]
        Notice.objects.bulk_create(rows, batch_size=200)

    add(*(f"other:{number}" for number in range(OTHERS)))
    return add


def test_a_key_begins_with_what_it_says_and_nothing_near_it(notices):
    notices("draft:1", "draft:1:a", "draft:1:\u0939", "draft:10:a", "Draft:1:a", "draft:1;a", "draft:1%a", "draft:1_a")

    found = set(Notice.objects.filter(key__begins="draft:1:").values_list("key", flat=True))

    assert found == {"draft:1:a", "draft:1:\u0939"}
    assert set(Notice.objects.filter(key__begins="draft:1%").values_list("key", flat=True)) == {"draft:1%a"}


def test_promises_are_taken_back_without_reading_all_that_were_ever_made(notices):
    notices("draft:1:a")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    plan = outbox.promising._waiting("draft:1:").explain()

    assert ("SCAN" in plan, "Seq Scan" in plan) == (False, False), plan
    assert outbox.cancel("draft:1:") == 1
