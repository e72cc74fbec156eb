"""Frozen means frozen: what was handed in, approved, shown, logged or used to judge changes in no way, by nobody."""

from typing import Any, NamedTuple

import pytest
from django.contrib.admin import site
from django.db import DatabaseError, connection, models, transaction

from committees.levels import Role
from interviews.domain import closing, deciding, freezing, recording
from interviews.models import InterviewDay
from portal.models import Event
from tests.factories.desk import a_colleague
from tests.factories.sunday import at, handed_in, interviewed, judges_of, shortlisted

IS_SQLITE = connection.vendor == "sqlite"


class Frozen(NamedTuple):
    """A row, what somebody would like it to say, and the words with which the database refuses."""

    row: models.Model
    changed: dict[str, Any]
    words: str


def sheet(day):
    row = day.interviews.get().sheets.get()
    return Frozen(row, {"note": "x"}, "a sheet that was handed in stays|a sheet is begun before")


def score(day):
    return Frozen(sheet(day).row.scores.first(), {"mark": 5}, "a sheet that was handed in stays")


def decision(day):
    return Frozen(day.interviews.get().decision, {"outcome": "WAITING"}, "an approved decision stays")


def standing(day):
    return Frozen(day.standings.get(), {"digest": "x"}, "what was shown stays")


def record(day):
    return Frozen(day.drive.records.get(), {"digest": "x"}, "what was shown stays")


def criterion(day):
    return Frozen(day.drive.criteria.first(), {"weight": 9}, "criteria stay as they are")


def anchor(day):
    return Frozen(day.drive.criteria.first().anchors.first(), {"text_hi": "x"}, "criteria stay as they are")


def event(day):
    return Frozen(Event.objects.first(), {"verb": "x"}, "the log of events only grows")


KINDS = [sheet, score, decision, standing, record, criterion, anchor, event]


@pytest.fixture
def frozen(day, drive, places, now, panel, office, other_office):
    """One was scored, decided upon and shown; the record is out."""
    interview = interviewed(day, shortlisted(drive, places.danta, now), now)
    handed_in(interview, judges_of(panel)[0], (4, 3, 3, 4, 2), "साफ़ बोलीं")
    row = deciding.propose(interview=interview, outcome="SELECTED", reason="rank", by=office, now=at(18))
    deciding.approve(decision=row, by=other_office, now=at(18, 30))
    closing.close_day(day=day, by=office, now=at(19))
    freezing.freeze(day=day, by=office, now=at(19))
    recording.publish(drive=drive, by=office, now=at(19))
    return InterviewDay.objects.get()


def raw(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def table(one):
    return one.row._meta.db_table


def rows(one):
    return type(one.row)._base_manager.filter(pk=one.row.pk)


def with_change(one):
    for field, value in one.changed.items():
        setattr(one.row, field, value)
    return one.row


def replace(one):
    """Put in its own place, changed; PostgreSQL has no OR REPLACE, so it upserts."""
    columns = [f'"{field.column}"' for field in one.row._meta.concrete_fields]
    names, values = ", ".join(columns), ", ".join("%s" if name.strip('"') in one.changed else name for name in columns)
    into = f"{table(one)} ({names}) SELECT {values} FROM {table(one)} WHERE id = {one.row.pk}"
    kept = ", ".join(f"{name} = excluded.{name}" for name in columns)
    upsert = f"INSERT INTO {into} ON CONFLICT (id) DO UPDATE SET {kept}"
    raw(f"INSERT OR REPLACE INTO {into}" if IS_SQLITE else upsert, list(one.changed.values()))


def upsert(one):
    known = {"unique_fields": ["id"], "update_fields": list(one.changed)}
    type(one.row)._base_manager.bulk_create([with_change(one)], update_conflicts=True, **known)


WAYS = {
    "save": lambda one: with_change(one).save(),
    "update": lambda one: rows(one).update(**one.changed),
    "bulk_update": lambda one: type(one.row)._base_manager.bulk_update([with_change(one)], list(one.changed)),
    "upsert": upsert,
    "raw update": lambda one: raw(
        f"UPDATE {table(one)} SET {next(iter(one.changed))} = %s", list(one.changed.values())
    ),
    "replace": replace,
    "raw delete": lambda one: raw(f"DELETE FROM {table(one)} WHERE id = {one.row.pk}"),
    "delete": lambda one: one.row.delete(),
    "delete many": lambda one: rows(one).delete(),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_frozen_row_stays_as_it_is(kind, frozen):
    before, gone_through = list(rows(kind(frozen)).values()), []

    for name, way in WAYS.items():
        one = kind(frozen)
        try:
            with transaction.atomic():
                way(one)
        except models.ProtectedError:
            continue  # refused before the database was asked
        except DatabaseError as problem:
            if not any(words in str(problem) for words in one.words.split("|")):
                gone_through.append((name, str(problem)))
        else:
            gone_through.append((name, "changed"))

    assert gone_through == []
    assert list(rows(kind(frozen)).values()) == before


def test_no_frozen_table_is_emptied(frozen):
    connection.check_constraints()  # nothing may wait: TRUNCATE would be refused for that alone

    for kind in KINDS:
        one = kind(frozen)
        with pytest.raises(DatabaseError, match=one.words), transaction.atomic():
            raw(f"DELETE FROM {table(one)}" if IS_SQLITE else f"TRUNCATE {table(one)} CASCADE")
    for above in [] if IS_SQLITE else ["interviews_interview", "applications_drive"]:
        with pytest.raises(DatabaseError, match="stay"), transaction.atomic():
            raw(f"TRUNCATE {above} CASCADE")


def test_the_rule_of_a_drive_that_scored_stays(frozen):
    drive = frozen.drive
    rule = "median" if drive.ranks_by == "mean" else "mean"
    ways = [
        lambda: type(drive).objects.filter(pk=drive.pk).update(ranks_by=rule),
        lambda: raw("UPDATE applications_drive SET rubric_locked_at = NULL"),
        lambda: with_change(Frozen(drive, {"ranks_by": rule}, "")).save(),
        lambda: replace(Frozen(drive, {"ranks_by": rule}, "")),
    ]

    for way in ways:
        with pytest.raises(DatabaseError, match="criteria stay as they are"), transaction.atomic():
            way()


def test_the_admin_offers_no_way(frozen, places, now, rf):
    request = rf.get("/admin/")
    request.user = a_colleague(places.state, Role.ADMIN, now, number=9, name="प्रबंधक")

    for row in [kind(frozen).row for kind in KINDS]:
        window = site._registry.get(type(row))
        assert window is None or not window.has_change_permission(request, row)
        assert window is None or not window.has_delete_permission(request, row)
