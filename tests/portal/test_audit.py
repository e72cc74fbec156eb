"""The log of events only grows, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal import audit, organisation
from portal.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event(now):
    return audit.record("tried", organisation.save(name_hi="संगठन", name_en="Organisation"), by=None, now=now)


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


WAYS = {
    "save": lambda event: event.save(),
    "update": lambda event: Event.objects.update(verb="x"),
    "bulk_update": lambda event: Event.objects.bulk_update([event], ["verb"]),
    "delete a row": lambda event: event.delete(),
    "delete all": lambda event: Event.objects.all().delete(),
    "raw delete": lambda event: raw("DELETE FROM portal_event"),
    "raw update": lambda event: raw("UPDATE portal_event SET verb = 'x'"),
    "truncate": lambda event: raw(
        "TRUNCATE portal_event" if connection.vendor == "postgresql" else "DELETE FROM portal_event"
    ),
    "upsert": lambda event: Event.objects.bulk_create(
        [event], update_conflicts=True, unique_fields=["id"], update_fields=["verb"]
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_event_stays_as_it_was_written(way, event):
    event.verb = "x"

    with pytest.raises(DatabaseError), transaction.atomic():
        WAYS[way](event)

    assert list(Event.objects.values_list("verb", flat=True)) == ["tried"]


def test_replace_does_not_walk_around_the_trigger_of_sqlite(event):
    columns = "id, at, verb, by_id, kind, thing, data"
    replace = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    changed = columns.replace("verb", "'x'")

    with pytest.raises(DatabaseError), transaction.atomic():
        raw(f"{replace} portal_event ({columns}) SELECT {changed} FROM portal_event")

    assert list(Event.objects.values_list("verb", flat=True)) == ["tried"]


def test_history_tells_what_happened_in_order(event, now):
    thing = organisation.current()
    audit.record("again", organisation.save(), by=None, now=now)

    assert [entry.verb for entry in audit.history(type(thing)(pk=1))] == ["tried", "again"]
