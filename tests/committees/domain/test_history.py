"""Units in time: what changed is written down, old addresses are kept, any day can be told."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from committees.domain import history, tree
from committees.levels import ORDER
from committees.models import OldAddress, Unit, UnitChange
from tests.committees.domain.test_tree import ROWS, plant
from tests.factories.committees import make_holder, make_tree
from tests.often import often

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def unit(code):
    return Unit.objects.with_chain().get(code=code)


def written():
    return [(row.unit.code, row.kind, row.before, row.after) for row in UnitChange.objects.order_by("pk")]


def test_each_change_is_written_with_what_stood_and_what_stands(db, now):
    make_tree(now)
    block = tree.add_unit(
        level="block", parent=unit("AC046"), code="B9", name_hi="क", name_en="K", by=None, now=now
    )  # fmt: skip
    tree.rename(unit=block, name_hi="ख", name_en="Kh", by=None, now=now)
    tree.change(unit=block, pin="302001", by=None, now=now)
    tree.move(unit=block, parent=unit("AC036"), by=None, now=now)
    tree.close(unit=block, on=date(2025, 12, 1), by=None, now=now)
    tree.reopen(unit=block, by=None, now=now)

    assert written() == [
        ("B9", "added", {}, {"name_hi": "क", "name_en": "K", "slug": "k", "parent": "AC046"}),
        ("B9", "renamed", {"name_hi": "क", "name_en": "K", "aliases": ""},
         {"name_hi": "ख", "name_en": "Kh", "aliases": "क|K"}),
        ("B9", "changed", {"pin": ""}, {"pin": "302001"}),
        ("B9", "moved", {"parent": "AC046"}, {"parent": "AC036"}),
        ("B9", "closed", {"valid_to": None}, {"valid_to": "2025-12-01"}),
        ("B9", "reopened", {"valid_to": "2025-12-01"}, {"valid_to": None}),
    ]  # fmt: skip


def test_a_file_writes_down_only_what_stood_and_changed(db, now, django_assert_max_num_queries):
    tree.load(rows=ROWS, by=None, now=now)
    assert not UnitChange.objects.exists()
    mended = [row._replace(name_en=f"{row.name_en} 2", slug="") for row in ROWS[1:]]

    with django_assert_max_num_queries(40):
        tree.load(rows=[*mended, ROWS[7]._replace(code="P113", slug="b-113")], by=None, now=now)

    assert [(code, kind) for code, kind, _before, _after in written()] == [
        (row.code, "renamed") for row in ROWS[1:]
    ]  # fmt: skip


def test_a_unit_in_which_somebody_sits_is_not_closed(db, now):
    units = make_tree(now)
    make_holder("booth-president", units["AC036-P112"], now)

    for code in ("AC036-P112", "AC036-A-M1"):
        with pytest.raises(tree.StillInUse):
            tree.close(unit=unit(code), on=now.date() + DAY, by=None, now=now)

    assert not Unit.objects.filter(valid_to__isnull=False).exists()


def test_a_move_keeps_the_addresses_of_all_below_once(db, now):
    tree.load(rows=ROWS, by=None, now=now)
    old = {code: unit(code).path for code in ("B1", "M1", "P112")}

    for to in ("AC046", "AC036", "AC046"):
        tree.move(unit=unit("B1"), parent=unit(to), by=None, now=now)

    kept = OldAddress.objects.values_list("unit__code", "path")
    assert {(code, path) for code, path in kept if path.startswith("sikar")} == set(old.items())
    assert len(kept) == 6


def test_the_children_of_a_day_are_those_that_hung_there(db, now):
    tree.load(rows=ROWS, by=None, now=now)
    today = now.date()
    tree.move(unit=unit("AC036"), parent=unit("JPR"), by=None, now=now + 2 * DAY)
    tree.rename(unit=unit("AC036"), name_hi="नया", name_en="New", by=None, now=now + 4 * DAY)

    def below(code, day):
        return [(past.code, past.name_en) for past in history.children_on(unit=unit(code), day=day)]

    assert below("SKR", today) == [("AC036", "Danta Ramgarh")]
    assert below("SKR", today + 2 * DAY) == []
    assert ("AC036", "Danta Ramgarh") in below("JPR", today + 3 * DAY)
    assert ("AC036", "New") in below("JPR", today + 4 * DAY)
    assert {row.kind for row in history.of(unit("SKR"))} == {"moved", "renamed"}


@often(5)
@given(data=st.data())
def test_the_tree_of_any_day_is_told_from_the_changes(db, now, data):
    """Each evening the tree is written down; later it is told of each of those days."""
    with transaction.atomic():
        planted = plant(data, now - DAY)
        evenings = []
        for day in range(data.draw(st.integers(1, 6), label="days")):
            then = now + day * DAY
            for level in data.draw(st.lists(st.sampled_from(ORDER[1:]), max_size=3), label="acts"):
                act(data, Unit.objects.get(pk=data.draw(st.sampled_from(planted[level])).pk), planted, then)
            evenings.append((then.date(), as_it_stands(then.date())))

        assert [(day, history.as_of(day=day)) for day, _tree in evenings] == evenings
        transaction.set_rollback(True)


def act(data, one, planted, then):
    """Move it, rename it, close it or open it again."""
    if data.draw(st.booleans(), label="moves?") and one.level != "district":
        goal = data.draw(st.sampled_from(planted[ORDER[ORDER.index(one.level) - 1]]), label="to")
        tree.move(unit=one, parent=Unit.objects.get(pk=goal.pk), by=None, now=then)
    elif data.draw(st.booleans(), label="renamed?"):
        name = data.draw(st.sampled_from("गघचछ"), label="name")
        tree.rename(unit=one, name_hi=name, name_en=name, by=None, now=then)
    elif one.valid_to:
        tree.reopen(unit=one, by=None, now=then)
    elif not tree.in_use(one):
        tree.close(unit=one, on=then.date(), by=None, now=then)


def as_it_stands(day):
    rows = Unit.objects.on(day).select_related("parent")
    return {
        row.code: history.Past(
            row.code, row.level, row.parent.code if row.parent else "", row.number, row.name_hi, row.name_en
        )
        for row in rows
    }
