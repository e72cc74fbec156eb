"""Plans: the tree changes whole by two hands, and can be as it was."""

from datetime import timedelta
from hashlib import sha256

import pytest

from committees.domain import forming, history, plans, proposing, tree
from committees.domain.plans import renumbering
from committees.domain.tree import Row
from committees.models import Appointment, OldAddress, Plan, Seat, Unit, UnitChange
from committees.models.formation import Purpose
from tests.factories.committees import make_holder, make_person, make_tree, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Sikar:
    """Danta Ramgarh with two mandals of three booths each, and two of the state office."""

    def __init__(self, now):
        self.now, self.today = now, now.date()
        units = make_tree(now)
        rows = [Row("mandal", "AC036-A-M2", "AC036-A", "खंडेला", "Khandela")]
        for number, mandal in [(113, "M1"), (114, "M1"), (115, "M2"), (116, "M2"), (117, "M2")]:
            names = (f"भाग {number}", f"Part {number}")
            rows.append(Row("booth", f"AC036-P{number}", f"AC036-A-{mandal}", *names, number, slug=f"b-{number}"))
        tree.load(rows=rows, by=None, now=now)
        for unit in Unit.objects.filter(code__in=[row.code for row in rows]):
            forming.make_seats(unit=unit, by=None, now=now)
        self.state, self.assembly = units["RJ"], units["AC036"]
        self.one, self.two = (make_user("state-office", units["RJ"], now, name) for name in ("एक", "दो"))

    def unit(self, code):
        return Unit.objects.with_chain().select_related("parent").get(code=code)

    def booth(self, number):
        return self.unit(f"AC036-P{number}")

    def sit(self, post, code):
        return make_holder(post, self.unit(code), self.now, make_person(self.now))

    def propose(self, kind, **steps):
        return plans.propose(
            kind=kind, unit=self.assembly, steps=steps, effective_on=self.today, by=self.one, now=self.now
        )

    def happen(self, kind, **steps):
        plan = self.propose(kind, **steps)
        plans.agree(plan=plan, by=self.two, now=self.now)
        return plan

    def renumber(self, text):
        errors = []
        rows = renumbering.read(text.encode(), errors)
        assert errors == []
        return {"assembly": "AC036", "rows": rows}


@pytest.fixture
def sikar(db, now):
    return Sikar(now)


def content():
    """A digest of units, chairs, appointments and old addresses."""
    digest = sha256()
    for model in (Unit, Seat, Appointment, OldAddress):
        for row in model.objects.order_by("pk").values_list():
            digest.update(repr(row).encode())
    return digest.hexdigest()


def refused(sikar, kind, **steps):
    with pytest.raises(plans.Impossible) as refusal:
        sikar.propose(kind, **steps)
    return [(problem.row, problem.column) for problem in refusal.value.problems]


def test_a_merged_booth_ends_and_who_sits_there_goes_along(sikar):
    stays, comes = sikar.sit("booth-president", "AC036-P112"), sikar.sit("booth-president", "AC036-P113")
    joins = sikar.sit("booth-member", "AC036-P113")
    sanctioned = Seat.objects.filter(unit=sikar.booth(112), closed_on=None).count()

    plan = sikar.happen("merge", gone=["AC036-P113"], into="AC036-P112")

    rows = {row.pk: row.seat for row in Appointment.objects.filter(until=None).select_related("seat__unit")}
    assert {rows[row.pk].unit.code for row in (stays, comes, joins)} == {"AC036-P112"}
    assert (rows[comes.pk].number, rows[comes.pk].closed_on) == (2, sikar.today)
    assert rows[joins.pk].closed_on is None
    assert Seat.objects.filter(unit=sikar.booth(112), closed_on=None).count() == sanctioned
    assert not Seat.objects.filter(unit=sikar.booth(113), closed_on=None).exists()
    assert sikar.booth(113).valid_to == sikar.today
    assert [change.kind for change in history.of(sikar.booth(112))] == ["merged"]
    assert plan.undo["made"] == []


def test_merged_mandals_hang_their_booths_below_the_one_that_stays(sikar):
    sikar.happen("merge", gone=["AC036-A-M2"], into="AC036-A-M1")

    assert sikar.booth(116).path == "sikar/36/reengus/palsana/b-116"
    assert OldAddress.objects.get(unit=sikar.booth(116)).path == "sikar/36/reengus/khandela/b-116"
    assert list(tree.wrong_units()) == []


def test_a_split_mandal_has_its_chairs_and_its_booths(sikar):
    sikar.happen(
        "split", unit="AC036-A-M1", code="AC036-A-M3", name_hi="रानोली", name_en="Ranoli",
        children=["AC036-P113", "AC036-P114"],
    )  # fmt: skip

    new = sikar.unit("AC036-A-M3")
    assert (sikar.booth(113).path, new.valid_from) == ("sikar/36/reengus/ranoli/b-113", sikar.today)
    assert new.seats.count() == sikar.unit("AC036-A-M1").seats.count() > 0
    assert {change.kind for change in new.changes.all()} == {"added"}
    assert list(tree.wrong_units()) == []


def test_the_rights_move_with_the_unit(sikar, now):
    sikar.sit("district-incharge", "SKR")
    sikar.sit("district-incharge", "JPR")
    plan = sikar.propose("move", units=["AC036"], to="JPR")

    seen = plans.preview(plans.work_of(plan), now)

    assert {(reach.appointment.seat.unit.code, reach.gains) for reach in seen.reach} == {("SKR", False), ("JPR", True)}
    assert [(line.what, line.place) for line in seen.lines] == [("moved", "जयपुर")]


FILE = """old,new,name_hi,name_en,mandal
112,113,,,
113,112,भाग 112 नया,Part 112 new,
114,112,,,
115,115,,,
116,118,,,AC036-A-M1
116,119,भाग 119,Part 119,
117,,,,
,120,भाग 120,Part 120,AC036-A-M2
"""


def test_booths_get_other_numbers_by_a_file(sikar, now):
    joins = sikar.sit("booth-president", "AC036-P114")
    plan = sikar.propose("renumber", **sikar.renumber(FILE))
    seen = plans.preview(plans.work_of(plan), now)
    assert (seen.kept, seen.counts) == (1, {"merged": 1, "gone": 1, "renamed": 2, "moved": 1, "new": 2})
    assert [row.pk for row in seen.seats] == [joins.pk]

    plans.agree(plan=plan, by=sikar.two, now=now)

    booths = Unit.objects.filter(assembly=sikar.assembly, level="booth", valid_to=None).order_by("number")
    assert [(booth.number, booth.path.removeprefix("sikar/36/reengus/")) for booth in booths] == [
        (112, "palsana/b-112"), (113, "palsana/b-113"), (115, "khandela/b-115"), (118, "palsana/b-118"),
        (119, "khandela/b-119"), (120, "khandela/b-120"),
    ]  # fmt: skip
    assert booths[0].code == "AC036-P113"
    assert Appointment.objects.get(pk=joins.pk).seat.unit == booths[0]
    assert sikar.booth(116).number == 118
    assert all(booth.seats.exists() for booth in booths)
    assert list(tree.wrong_units()) == []


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ("999,1,,,", [(2, "old")]),
        (",,,,AC036-A-M1", [(2, "old")]),
        ("112,113,,,", [(2, "new")]),
        ("112,,,,", [(2, "new")]),
        ("113,200,,,XX", [(2, "mandal")]),
        (",200,भाग,Part,", [(2, "mandal")]),
        ("113,200,,,\n,200,भाग,Part,AC036-A-M1", [(3, "new")]),
        ("113,200,,,\n113,,,,", [(3, "new")]),
    ],
)
def test_each_mistake_of_the_file_is_told_with_row_and_column(sikar, rows, places):
    sikar.sit("booth-president", "AC036-P112")

    steps = sikar.renumber(f"old,new,name_hi,name_en,mandal\n{rows}\n")

    assert refused(sikar, "renumber", **steps) == places


def test_what_must_not_be_is_refused(sikar, now):
    proposing.begin(unit=sikar.booth(113), by=sikar.one, now=now, purpose=Purpose.COMMITTEE)

    assert refused(sikar, "merge", gone=["AC036-P115"], into="AC036-P112") == [(0, "into")]
    assert refused(sikar, "merge", gone=["AC036-P113"], into="AC036-P112") == [(0, "")]
    assert refused(sikar, "move", units=["AC036-P112"], to="AC036-A-M1") == [(0, "to")]
    assert refused(sikar, "move", units=["AC036-P112"], to="AC036-A") == [(0, "to")]
    assert refused(sikar, "split", unit="AC036-A-M1", code="N", name_hi="क", name_en="K", children=[]) == [
        (0, "children")
    ]
    assert not Plan.objects.exists()


PLANS = {
    "merge": {"gone": ["AC036-A-M2"], "into": "AC036-A-M1"},
    "merge of booths": {"gone": ["AC036-P113", "AC036-P114"], "into": "AC036-P112"},
    "split": {"unit": "AC036-A-M1", "code": "M3", "name_hi": "रानोली", "name_en": "Ranoli", "children": ["AC036-P113"]},
    "move": {"units": ["AC036-A"], "to": "AC046"},
    "renumber": FILE,
}


@pytest.mark.parametrize("name", PLANS)
def test_what_was_done_is_undone_to_the_same_content(sikar, now, name):
    sikar.sit("booth-president", "AC036-P112")
    sikar.sit("booth-president", "AC036-P114")
    sikar.sit("mandal-president", "AC036-A-M2")
    steps = PLANS[name] if isinstance(PLANS[name], dict) else sikar.renumber(PLANS[name])
    before = content()
    plan = sikar.happen(name.split()[0], **steps)
    assert content() != before

    with pytest.raises(plans.NotOpen):  # nobody asked for it
        plans.undo(plan=plan, by=sikar.one, now=now + DAY)
    plans.ask_to_undo(plan=plan, by=sikar.two, now=now + DAY)
    with pytest.raises(plans.SamePerson):
        plans.undo(plan=plan, by=sikar.two, now=now + DAY)
    plans.undo(plan=plan, by=sikar.one, now=now + DAY)

    assert content() == before
    assert list(tree.wrong_units()) == []
    with pytest.raises(plans.NotOpen):
        plans.undo(plan=plan, by=sikar.one, now=now + DAY)


def test_two_persons_change_the_tree_and_only_the_one_they_saw(sikar, now):
    plan, other = (sikar.propose("move", units=["AC036-A"], to=to) for to in ("AC046", "AC034"))
    with pytest.raises(plans.SamePerson):
        plans.agree(plan=plan, by=sikar.one, now=now)
    assert not UnitChange.objects.exists()

    plans.agree(plan=other, by=sikar.two, now=now)

    with pytest.raises(plans.Stale):
        plans.agree(plan=plan, by=sikar.two, now=now)
    plans.drop(plan=plan, by=sikar.two, now=now)
    with pytest.raises(plans.NotOpen):
        plans.agree(plan=plan, by=sikar.two, now=now)
    assert sikar.unit("AC036-A").path == "sikar/34/reengus"


def test_what_was_changed_since_is_not_undone(sikar, now):
    plan = sikar.happen("split", **PLANS["split"])
    make_holder("mandal-president", sikar.unit("M3"), now)
    stands = content()
    plans.ask_to_undo(plan=plan, by=sikar.two, now=now + DAY)

    with pytest.raises(plans.Overtaken):
        plans.undo(plan=plan, by=sikar.one, now=now + DAY)

    assert content() == stands
    assert Plan.objects.get().undone_at is None


def test_a_chair_that_a_list_names_since_does_not_go_back(sikar, now):
    held = sikar.sit("booth-president", "AC036-P113")
    plan = sikar.happen("merge", gone=["AC036-P113"], into="AC036-P112")
    told = {"by": sikar.one, "now": now}
    proposal = proposing.begin(unit=sikar.booth(112), purpose=Purpose.COMMITTEE, **told)
    moved = Seat.objects.get(pk=held.seat_id)
    proposing.nominate(proposal=proposal, seat=moved, person=make_person(now), **told)
    plans.ask_to_undo(plan=plan, by=sikar.two, now=now)

    with pytest.raises(plans.Overtaken):
        plans.undo(plan=plan, **told)

    proposing.discard(proposal=proposal, **told)
    plans.undo(plan=plan, **told)
    assert Seat.objects.get(pk=held.seat_id).unit == sikar.booth(113)


def test_a_plan_waits_for_its_day(sikar, now):
    later = {"kind": "move", "unit": sikar.state, "steps": {"units": ["AC036"], "to": "JPR"}}
    plan = plans.propose(**later, effective_on=sikar.today + DAY, by=sikar.one, now=now)

    with pytest.raises(plans.TooEarly):
        plans.agree(plan=plan, by=sikar.two, now=now)

    plans.agree(plan=plan, by=sikar.two, now=now + DAY)
    assert sikar.unit("AC036").path == "jaipur/36"
    assert history.as_of(day=sikar.today)["AC036"].parent == "SKR"
    assert history.as_of(day=sikar.today + DAY)["AC036"].parent == "JPR"
