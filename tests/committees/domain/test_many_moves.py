"""Ten thousand moves, and plans of five hundred booths: nothing is lost on the way, and all of it can be taken back."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.domain import forming, generating, plans, tree
from committees.domain.tree import Row
from committees.levels import ORDER
from committees.models import Appointment, Seat, Unit
from tests.committees.domain.test_plans import Sikar, content
from tests.committees.domain.test_tree import lineage
from tests.factories.committees import STATE, make_holder, make_tree

pytestmark = [pytest.mark.django_db, pytest.mark.soak]

MOVES, EXAMPLES = 100, 100  # of each example, and of these
BOOTHS, BUSY = 500, 480  # the last ones have nobody
HOW = {"max_examples": EXAMPLES, "deadline": None, "suppress_health_check": list(HealthCheck)}


def grow(now):
    """Three districts, nine assemblies and all below them, with a few booths each and people in every fifth seat."""
    make_tree(now)
    rows = [Row("district", f"D{at}", STATE.code, f"जिला {at}", f"District {at}") for at in range(3)]
    assemblies = [Row("assembly", f"A{at}", f"D{at % 3}", f"सीट {at}", f"Seat {at}", 100 + at) for at in range(9)]
    below = list(generating.rows_below(assemblies, chance=Random(1)))
    booths = [row for row in below if row.level == "booth"][:: len(assemblies) * 5]
    tree.load(rows=[*rows, *assemblies, *(row for row in below if row.level != "booth"), *booths], by=None, now=now)
    forming.make_seats_below(unit=Unit.objects.get(path=""), by=None, now=now)
    for seat in Seat.objects.of_committee().vacant(now).select_related("unit", "post").order_by("pk")[::50]:
        make_holder(seat.post.code, seat.unit, now)


def standing():
    """Units by code, chairs by key with the unit's code, and who sits in them."""
    units = dict(Unit.objects.values_list("code", "level"))
    return (
        units,
        dict(Seat.objects.values_list("pk", "unit__code")),
        dict(Appointment.objects.values_list("pk", "seat")),
    )


def agrees_with_its_parents():
    """Every unit is led to the state by its parents, one level a step, and stands below just these."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    parents = {pk: unit.parent_id for pk, unit in units.items()}
    for pk, unit in units.items():
        line = list(lineage(pk, parents))
        assert [units[key].level for key in line] == ORDER[: len(line)][::-1]
        written = [getattr(unit, f"{level}_id") for level in ORDER[:-1]]
        assert {key for key in [pk, *written] if key} == set(line)


def test_ten_thousand_random_moves_leave_a_tree_no_orphan_and_no_seat_lost(now):
    grow(now)
    before, done = standing(), 0
    of_level = {
        level: list(Unit.objects.filter(level=level).order_by("pk").values_list("pk", flat=True)) for level in ORDER
    }
    places = st.integers(0, 10_000)

    @given(moves=st.lists(st.tuples(st.sampled_from(ORDER[2:]), places, places), min_size=MOVES, max_size=MOVES))
    @settings(**HOW)
    def moved(moves):
        nonlocal done
        with transaction.atomic():
            for level, which, where in moves:
                above = of_level[level.above]
                unit = Unit.objects.get(pk=of_level[level][which % len(of_level[level])])
                tree.move(unit=unit, parent=Unit.objects.get(pk=above[where % len(above)]), by=None, now=now)
            done += len(moves)
            agrees_with_its_parents()
            assert list(tree.wrong_units()) == []
            assert standing() == before
            transaction.set_rollback(True)

    moved()

    assert done >= MOVES * EXAMPLES
    assert standing() == before


class Large(Sikar):
    """One mandal with five hundred booths, in most of which somebody sits."""

    def __init__(self, now):
        super().__init__(now)
        rows = [
            Row("booth", f"L{n}", "AC036-A-M1", f"भाग {n}", f"Part {n}", n, slug=f"b-{n}")
            for n in range(201, 201 + BOOTHS)
        ]
        tree.load(rows=rows, by=None, now=now)
        forming.make_seats_below(unit=self.assembly, by=None, now=now)
        self.codes = [row.code for row in rows]
        for code in self.codes[:BUSY]:
            self.sit("booth-president", code)

    def renumbering(self):
        """All but the last get the number of the next; some are merged, split, moved or gone, and some are new."""
        first, last = 201, 200 + BUSY
        rows = [f"{n},{n + 1},,," for n in range(first, last)]
        rows[::50] = [f"{n},{n + 1},,,AC036-A-M2" for n in range(first, last, 50)]
        rows += [f"{last},{last},,,"]  # merged into the one that has its number now
        rows += [f"{first},{900 + at},भाग {900 + at},Part {900 + at}," for at in range(5)]
        rows += [f"{n},,,," for n in range(last + 1, first + BOOTHS)]
        rows += [f",{950 + at},भाग {950 + at},Part {950 + at},AC036-A-M2" for at in range(5)]
        return self.renumber("\n".join(["old,new,name_hi,name_en,mandal", *rows, ""]))


def steps_of(large, name):
    return {
        "merge": {"gone": ["AC036-A-M1"], "into": "AC036-A-M2"},
        "merge of booths": {"gone": large.codes[1:], "into": large.codes[0]},
        "split": {
            "unit": "AC036-A-M1", "code": "M3", "name_hi": "रानोली", "name_en": "Ranoli", "children": large.codes[::2],
        },
        "move": {"units": ["AC036-A-M1"], "to": "AC036-B"},
        "renumber": large.renumbering(),
    }[name]  # fmt: skip


@pytest.mark.parametrize("name", ["merge", "merge of booths", "split", "move", "renumber"])
def test_a_plan_of_five_hundred_booths_is_undone_to_the_same_content(now, name):
    large = Large(now)
    tree.load(rows=[Row("block", "AC036-B", "AC036", "नीमका थाना", "Neem ka Thana")], by=None, now=now)
    before, touched = content(), Unit.objects.filter(code__in=large.codes)
    stood = list(touched.order_by("pk").values_list("path", "number", "valid_to"))

    plan = large.happen(name.split()[0], **steps_of(large, name))

    stands = list(touched.order_by("pk").values_list("path", "number", "valid_to"))
    assert sum(one != other for one, other in zip(stood, stands, strict=True)) >= len(large.codes) // 2
    assert list(tree.wrong_units()) == []
    assert Appointment.objects.filter(until=None, seat__unit__valid_to=None).count() >= BUSY
    plans.ask_to_undo(plan=plan, by=large.two, now=now + timedelta(days=1))
    plans.undo(plan=plan, by=large.one, now=now + timedelta(days=1))
    assert content() == before
    assert list(tree.wrong_units()) == []
