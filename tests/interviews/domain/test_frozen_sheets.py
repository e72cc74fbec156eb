"""A sheet is begun before it is handed in, and handed in whole; that it stays then: ``test_frozen.py``."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from interviews.domain import scoring
from interviews.models import Score, ScoreSheet
from tests.factories.sunday import answers, arrived, at, handed_in, interviewed, judges_of, shortlisted

SCORES = "interviews_score"


@pytest.fixture
def interview(day, drive, places, now):
    return interviewed(day, shortlisted(drive, places.danta, now), now)


@pytest.fixture
def sheet(interview, panel):
    return handed_in(interview, judges_of(panel)[0], (4, 3, 3, 4, 2), "साफ़ बोलीं")


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def replace(model, pk, **changed):
    """The row as it is but for ``changed``, put in its own place; PostgreSQL has no OR REPLACE, so it upserts."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    names, values = ", ".join(columns), ", ".join(str(changed.get(column, column)) for column in columns)
    if connection.vendor == "sqlite":
        raw(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = {pk}")
    else:
        sets = ", ".join(f"{column} = excluded.{column}" for column in columns)
        raw(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = {pk}"
            f" ON CONFLICT (id) DO UPDATE SET {sets}"
        )


def first(sheet):
    return sheet.scores.order_by("criterion__order").first()


def test_a_mark_of_an_open_sheet_cannot_be_carried_into_one_handed_in(sheet, interview, panel, day):
    other = scoring.declare_free(interview=interview, panelist=judges_of(panel)[1], by=None, now=at(11, 20))
    scoring.save_sheet(sheet=other, answers=answers(day), revision=0, by=None, now=at(11, 21))

    with pytest.raises(DatabaseError), transaction.atomic():
        other.scores.all()[:1].get().__class__.objects.filter(sheet=other).update(sheet=sheet)
    with pytest.raises(DatabaseError), transaction.atomic():
        replace(Score, first(other).pk, id=first(sheet).pk)

    assert (sheet.scores.count(), other.scores.count()) == (5, 5)


def test_a_sheet_is_never_born_handed_in(interview, panel):
    with pytest.raises(DatabaseError), transaction.atomic():
        ScoreSheet.objects.create(
            interview=interview,
            panelist=judges_of(panel)[0],
            declared_free_at=at(11),
            saved_at=at(11),
            submitted_at=at(11),
        )

    assert ScoreSheet.objects.count() == 0


@pytest.mark.parametrize("given", [0, 4])
def test_a_sheet_is_handed_in_with_one_mark_for_each_criterion(interview, panel, day, given):
    sheet = scoring.declare_free(interview=interview, panelist=judges_of(panel)[0], by=None, now=at(11, 8))
    scoring.save_sheet(sheet=sheet, answers=answers(day, (3,) * given), revision=0, by=None, now=at(11, 9))

    with pytest.raises(DatabaseError), transaction.atomic():
        ScoreSheet.objects.update(submitted_at=at(11, 10))

    assert ScoreSheet.objects.get().submitted_at is None


@pytest.mark.parametrize("mark", [0, 6, -1, 11, "'NaN'", "NULL", "2.5"])
def test_the_database_takes_marks_from_one_to_five(day, drive, places, now, panel, mark):
    interview = arrived(day, shortlisted(drive, places.danta, now), now)
    sheet = scoring.declare_free(interview=interview, panelist=judges_of(panel)[0], by=None, now=at(10, 40))
    criterion = drive.criteria.first()
    insert = (
        f"INSERT INTO {SCORES} (sheet_id, criterion_id, mark, why_none) VALUES ({sheet.pk}, {criterion.pk}, {mark}, '')"
    )
    if mark == "2.5" and connection.vendor == "postgresql":
        raw(insert)  # a whole-number column rounds: what stands there is a whole mark
        assert Score.objects.get().mark in {2, 3}
        return

    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        raw(insert)

    assert Score.objects.count() == 0
