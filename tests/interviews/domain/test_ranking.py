import json
from collections import defaultdict
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.domain import ruling, withdrawing
from applications.models.drives import RanksBy
from interviews.domain import closing, completeness, deciding, freezing, ranking
from interviews.models import Interview, Score, ScoreSheet
from tests.factories.desk import a_drive
from tests.factories.sunday import a_day, handed_in, interviewed, judges_of, shortlisted


def scored(day, drive, places, now, number, *sheets):
    """Someone interviewed, with the sheets of the first judges."""
    interview = interviewed(day, shortlisted(drive, places.danta, now, number), now)
    for judge, marks in zip(judges_of(interview.panel), sheets, strict=False):
        handed_in(interview, judge, marks)
    return interview


def test_rank_follows_the_mean_of_the_totals(day, drive, places, now):
    low = scored(day, drive, places, now, 0, (2, 2, 2, 2, 2), (3, 2, 2, 2, 2))
    high = scored(day, drive, places, now, 1, (4, 4, 4, 4, 4), (2, 4, 4, 4, 4))
    none = scored(day, drive, places, now, 2)

    rows = ranking.rank(day).rows

    assert [(row.interview, row.rank, row.raw, row.n, row.spread) for row in rows] == [
        (high, 1, 19, 2, 2),
        (low, 2, 10.5, 2, 1),
        (none, None, None, 0, 0),
    ]
    assert rows[0].widest[0].order == 1
    assert rows[0].flags == ["wide"]


def test_ties_fall_to_writing_then_digital_then_social_then_the_lot(day, drive, places, now):
    sheets = [(5, 2, 2, 3, 3), (3, 3, 2, 4, 3), (3, 2, 3, 3, 4), (2, 3, 4, 3, 3), (3, 2, 4, 3, 3)]
    people = [scored(day, drive, places, now, number, marks) for number, marks in enumerate(sheets)]

    rows = ranking.rank(day).rows

    lot = sorted([people[3], people[4]], key=lambda one: ranking.drawn(day.lot, one))
    assert [row.interview for row in rows] == [people[1], people[2], *lot, people[0]]
    assert [row.tie for row in rows] == [None, 4, 5, 0, 3]
    assert all(row.tied for row in rows)


@pytest.mark.parametrize(("ranks_by", "three", "two"), [("mean", 17, 15), ("median", 16, 15), ("trimmed", 16, 15)])
def test_the_drive_says_what_makes_one_total_of_several(ranks_by, three, two):
    assert (ranking.together([10, 16, 25], ranks_by), ranking.together([10, 20], ranks_by)) == (three, two)


def test_the_rule_of_the_drive_orders_and_breaks_ties(drive, places, now, office):
    first = drive.criteria.get(order=1)
    ruling.set_rule(drive=drive, ranks_by=RanksBy.MEDIAN, ties=[first], by=office, now=now)
    day = a_day(drive, places.state, now, judges=3)
    people = [
        scored(day, drive, places, now, 0, (5,) * 5, (2,) * 5, (2,) * 5),
        scored(day, drive, places, now, 1, (2, 3, 2, 2, 2), (2, 3, 2, 2, 2), (2, 2, 2, 2, 2)),
        scored(day, drive, places, now, 2, (3, 2, 2, 2, 2), (3, 2, 2, 2, 2), (2, 2, 2, 2, 2)),
    ]

    rows = ranking.rank(day).rows

    assert [(row.interview, row.raw, row.tied_by) for row in rows] == [
        (people[2], 11, None),
        (people[1], 11, first),
        (people[0], 10, None),
    ]


def test_a_criterion_nobody_could_judge_is_left_out_not_zero(day, drive, places, now):
    scored(day, drive, places, now, 0, (4, None, 4, 4, 4))

    assert ranking.rank(day).rows[0].raw == 20


def test_weights_count_and_the_scale_stays(day, drive, places, now):
    drive.criteria.filter(order=1).update(weight=6)
    scored(day, drive, places, now, 0, (5, 1, 1, 1, 1))

    assert ranking.rank(day).rows[0].raw == (6 * 5 + 4) / 10 * 5


def test_who_withdrew_leaves_the_ranking(day, drive, places, now):
    interview = scored(day, drive, places, now, 0, (4, 4, 4, 4, 4))
    withdrawing.withdraw(application=interview.application, why="", now=now)

    assert ranking.rank(day).rows == []


@pytest.mark.django_db
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.lists(st.integers(1, 5), min_size=5, max_size=5), max_size=2), min_size=1, max_size=6))
def test_totals_and_ranks_equal_a_recomputation(day, drive, places, now, people):
    ScoreSheet.objects.filter(submitted_at=None).delete()
    start = Interview.objects.count()
    for number, sheets in enumerate(people):
        scored(day, drive, places, now, start + number, *sheets)

    totals = defaultdict(lambda: defaultdict(int))
    for score in Score.objects.select_related("sheet"):
        totals[score.sheet.interview_id][score.sheet_id] += score.mark
    means = {key: sum(sums.values()) / len(sums) for key, sums in totals.items()}
    rows = [row for row in ranking.rank(day).rows if row.rank]

    assert {row.interview.pk: row.raw for row in rows} == pytest.approx(means)
    assert [row.raw for row in rows] == sorted((row.raw for row in rows), reverse=True)
    assert [row.rank for row in rows] == list(range(1, len(rows) + 1))


def test_progress_counts_sheets_wanted_and_given(day, drive, places, now):
    scored(day, drive, places, now, 0, (3,) * 5, (3,) * 5)
    scored(day, drive, places, now, 1, (3,) * 5)

    late = judges_of(day.panels.get())[1]
    assert completeness.of_day(day) == (2, 1, 4, 3, [(late, day.panels.get().name, 1)])


def told(*words):
    out = StringIO()
    call_command("rank", *words, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_one_list_of_json(day, drive, places, now):
    scored(day, drive, places, now, 0, (2, 2, 2, 2, 2), (3, 2, 2, 2, 2))
    scored(day, drive, places, now, 1, (4, 4, 4, 4, 4), (4, 4, 4, 4, 4))

    rows = told("2025-11-16")

    assert [(row["token"], row["raw"], row["spread"], row["n"]) for row in rows] == [(2, 20, 0, 2), (1, 10.5, 1, 2)]
    assert [set(row) for row in rows] == [{"token", "raw", "adjusted", "spread", "n"}] * 2
    assert told(str(day.pk)) == rows


def test_the_command_compares_with_what_was_frozen(day, drive, places, now, office, other_office):
    interview = scored(day, drive, places, now, 0, (4,) * 5)
    with pytest.raises(CommandError, match="never frozen"):
        call_command("rank", "2025-11-16", "--check")
    decision = deciding.propose(interview=interview, outcome="SELECTED", reason="rank", by=office, now=now)
    deciding.approve(decision=decision, by=other_office, now=now)
    closing.close_day(day=day, by=office, now=now)
    freezing.freeze(day=day, by=office, now=now)

    out = StringIO()
    call_command("rank", "2025-11-16", "--check", stdout=out)
    Interview.objects.filter(pk=interview.pk).update(token=99)

    assert "equals what was shown" in out.getvalue()
    with pytest.raises(CommandError, match="NOT what was shown"):
        call_command("rank", "2025-11-16", "--check")


@pytest.mark.parametrize("words", ["2025-11-17", "2025-13-45", "sunday", "99999999"])
def test_the_command_says_what_is_wrong(day, words):
    with pytest.raises(CommandError):
        call_command("rank", words)


def test_the_command_asks_which_drive_when_two_interview_on_a_date(day, places, now):
    a_day(a_drive(places.state, now, slug="zila-2025"), places.state, now, panels=0)

    with pytest.raises(CommandError, match="--drive"):
        call_command("rank", "2025-11-16")
    assert told("2025-11-16", "--drive", "zila-2025") == []
