"""The tree: planting, loading, moving, and what must always hold."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.domain import founding, tree
from committees.domain.tree import Row
from committees.domain.tree.rows import key_of
from committees.levels import ORDER, Level
from committees.models import Unit
from portal import folding
from portal.models import Event

pytestmark = pytest.mark.django_db

ROWS = [
    Row("state", "RJ", "", "राजस्थान", "Rajasthan"),
    Row("district", "SKR", "RJ", "सीकर", "Sikar"),
    Row("district", "JPR", "RJ", "जयपुर", "Jaipur"),
    Row("assembly", "AC036", "SKR", "दांतारामगढ़", "Danta Ramgarh", 36),
    Row("assembly", "AC046", "JPR", "आमेर", "Amber", 46),
    Row("block", "B1", "AC036", "रींगस", "Reengus"),
    Row("mandal", "M1", "B1", "पलसाना", "Palsana"),
    Row("booth", "P112", "M1", "राजकीय विद्यालय पलसाना", "Government School Palsana", 112, slug="b-112"),
]


@pytest.fixture
def rajasthan(now):
    tree.load(rows=ROWS, by=None, now=now)
    return Unit.objects.get(code="RJ")


def unit(code):
    return Unit.objects.with_chain().get(code=code)


def test_load_writes_ancestors_addresses_and_keys(rajasthan):
    booth = unit("P112")

    assert booth.path == "sikar/36/reengus/palsana/b-112"
    assert [place.code for place in booth.chain] == ["M1", "B1", "AC036", "SKR"]
    assert booth.state == rajasthan
    assert booth.key.startswith("112 ")
    assert list(tree.wrong_units()) == []


def test_load_twice_changes_nothing(rajasthan, now):
    events = Event.objects.count()

    again = tree.load(rows=ROWS, by=None, now=now)

    assert again == tree.Loaded(0, 0, 8)
    assert Event.objects.count() == events


def test_load_mends_names_and_leaves_the_address(rajasthan, now):
    mended = tree.load(rows=[ROWS[3]._replace(name_en="Dantaramgarh", aliases="Danta")], by=None, now=now)

    assert mended == tree.Loaded(0, 1, 0)
    assert (unit("AC036").name_en, unit("AC036").path) == ("Dantaramgarh", "sikar/36")
    assert Unit.objects.count() == 8


def test_load_moves_what_has_another_parent(rajasthan, now):
    moved = tree.load(rows=[ROWS[3]._replace(parent="JPR")], by=None, now=now)

    assert moved == tree.Loaded(0, 1, 0)
    assert unit("P112").path == "jaipur/36/reengus/palsana/b-112"
    assert unit("P112").district == unit("JPR")
    assert list(tree.wrong_units()) == []


def test_load_refuses_a_row_without_its_parent_and_changes_nothing(rajasthan, now):
    rows = [Row("district", "AJM", "RJ", "अजमेर", "Ajmer"), Row("assembly", "AC100", "XXX", "पुष्कर", "Pushkar", 99)]

    with pytest.raises(tree.NoParent):
        tree.load(rows=rows, by=None, now=now)

    assert not Unit.objects.filter(code="AJM").exists()


def test_two_places_of_one_name_get_two_addresses(rajasthan, now):
    first = tree.add_unit(
        level="block", parent=unit("AC036"), code="B2", name_hi="रींगस", name_en="Reengus", by=None, now=now
    )
    second = tree.add_unit(
        level="block", parent=unit("AC036"), code="B3", name_hi="खोज", name_en="Search", by=None, now=now
    )

    assert first.path == "sikar/36/reengus-2"
    assert second.path == "sikar/36/search-2"
    assert first.block == first


def test_a_unit_added_by_hand_has_its_chairs(rajasthan, now):
    founding.load_posts(rows=founding.default_posts(), by=None, now=now)

    booth = tree.add_unit(
        level="booth", parent=unit("M1"), code="P7", name_hi="विद्यालय", name_en="School", by=None, now=now
    )

    assert booth.seats.of_committee().count() == 5


def test_add_unit_refuses_a_parent_of_another_level(rajasthan, now):
    with pytest.raises(tree.WrongParent):
        tree.add_unit(level="mandal", parent=unit("SKR"), code="M9", name_hi="क", name_en="K", by=None, now=now)

    assert not Unit.objects.filter(code="M9").exists()


def test_move_takes_the_whole_subtree_along(rajasthan, now):
    block = unit("B1")

    tree.move(unit=block, parent=unit("AC046"), by=None, now=now)

    assert block.path == "jaipur/46/reengus"
    assert unit("P112").path == "jaipur/46/reengus/palsana/b-112"
    assert [place.code for place in unit("P112").chain] == ["M1", "B1", "AC046", "JPR"]
    assert list(tree.wrong_units()) == []


def test_move_takes_few_statements(rajasthan, now, django_assert_num_queries):
    block, amber = unit("B1"), unit("AC046")

    with django_assert_num_queries(13):  # the same for a block of one booth and of two hundred
        tree.move(unit=block, parent=amber, by=None, now=now)


def test_rename_keeps_the_old_names_findable(rajasthan, now):
    tree.rename(unit=unit("AC046"), name_hi="आम्बेर", name_en="Amer", by=None, now=now)

    assert unit("AC046").aliases == "आमेर|Amber"
    assert unit("AC046").path == "jaipur/46"


def test_change_of_the_slug_moves_the_addresses_below(rajasthan, now):
    tree.change(unit=unit("SKR"), slug="shekhawati", by=None, now=now)

    assert unit("P112").path == "shekhawati/36/reengus/palsana/b-112"
    assert list(tree.wrong_units()) == []


def test_wrong_units_finds_each_kind_of_damage(rajasthan):
    right = {"district": unit("SKR"), "mandal": unit("M1"), "path": unit("M1").path, "state": rajasthan}
    damages = [{"district": unit("JPR")}, {"mandal": None}, {"path": "elsewhere"}, {"state": None}]

    found = []
    for damage in damages:
        Unit.objects.filter(code="M1").update(**damage)
        found.append("M1" in tree.wrong_units().values_list("code", flat=True))
        Unit.objects.filter(code="M1").update(**right)

    assert found == [True] * len(damages)


@pytest.mark.parametrize("row", founding.default_units()[::7], ids=lambda row: row.code)
def test_the_key_is_that_of_the_search(row):
    names = (row.name_hi, f"{row.name_hi} ब्लॉक (अ)", f"Part 12 · {row.name_en}, Room-2")

    assert key_of(names[0], names[1], names[2], None) == folding.search_key(*names)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_under_agrees_with_walking_the_parents_after_any_moves(data, now):
    """The oracle walks ``parent`` step by step; the columns must say the same."""
    with transaction.atomic():
        planted = plant(data, now)
        for level in data.draw(st.lists(st.sampled_from(ORDER[2:]), max_size=4), label="moves"):
            mover = data.draw(st.sampled_from(planted[level]), label="mover")
            to = data.draw(st.sampled_from(planted[level.above]), label="to")
            tree.move(unit=Unit.objects.get(pk=mover.pk), parent=Unit.objects.get(pk=to.pk), by=None, now=now)

        parents = dict(Unit.objects.values_list("pk", "parent_id"))
        for place in Unit.objects.all():
            below = {pk for pk in parents if place.pk in lineage(pk, parents)}
            assert set(Unit.objects.under(place).values_list("pk", flat=True)) == below
        assert list(tree.wrong_units()) == []
        transaction.set_rollback(True)


def plant(data, now):
    """A tree of one to four units at each level, hung anywhere."""
    top = tree.add_unit(level="state", parent=None, code="S", name_hi="क", name_en="S", by=None, now=now)
    planted = {Level.STATE: [top]}
    for level in ORDER[1:]:
        places = data.draw(st.lists(st.integers(0, 9), min_size=1, max_size=4), label=level)
        planted[level] = [
            tree.add_unit(
                level=level, parent=planted[level.above][place % len(planted[level.above])],
                code=f"{level}{at}", name_hi="क", name_en=f"n{place}", by=None, now=now,
            )
            for at, place in enumerate(places)
        ]  # fmt: skip
    return planted


def lineage(pk, parents):
    while pk is not None:
        yield pk
        pk = parents[pk]
