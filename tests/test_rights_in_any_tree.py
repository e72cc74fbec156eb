"""No list shows another's part, whatever the tree looks like."""

from contextlib import contextmanager
from io import BytesIO

from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from committees import access
from committees.access import Right
from committees.domain import tree
from committees.levels import ORDER, Level, Role
from committees.models import Unit
from tests.factories.desk import a_colleague, a_drive, an_application
from tests.factories.everyone import sign_in
from tests.often import often


@st.composite
def shapes(draw):
    """Parents of up to twelve units, as places in the list; the first is the state."""
    levels, parents = [0], [None]
    for _each in range(draw(st.integers(3, 11))):
        above = draw(st.sampled_from([at for at, level in enumerate(levels) if level < len(ORDER) - 1]))
        parents.append(above)
        levels.append(levels[above] + 1)
    return parents


def grow(parents, now):
    """The units of a shape."""
    units = []
    for at, above in enumerate(parents):
        parent = units[above] if above is not None else None
        level = ORDER[ORDER.index(Level(parent.level)) + 1] if parent else Level.STATE
        words = {"code": f"U{at}", "name_hi": f"जगह {at}", "name_en": f"Place {at}"}
        units.append(tree.add_unit(level=level, parent=parent, by=None, now=now, **words))
    return units


def below(unit):
    """The oracle: every unit from which walking up by the parents comes by ``unit``."""
    return {each.pk for each in Unit.objects.all() if unit.pk in walked(each)}


@contextmanager
def undone():
    """One example leaves nothing to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def walked(unit):
    while unit is not None:
        yield unit.pk
        unit = unit.parent


@often(30)
@given(parents=shapes(), data=st.data())
def test_lists_search_and_export_hold_exactly_ones_own_part(db, now, parents, data):
    with undone():
        check_lists(grow(parents, now), now, data)


def check_lists(units, now, data):
    drive = a_drive(units[0], now)
    rows = [an_application(drive, unit, now, at, name=f"आवेदक{at}ज्ञ") for at, unit in enumerate(units)]
    top = data.draw(st.sampled_from(units), label="the in-charge's unit")
    user, client = a_colleague(top, Role.INCHARGE, now, name="प्रभारी"), Client()
    sign_in(client, user)
    mine = below(top)
    wanted = {row.name for row in rows if row.unit_id in mine}

    page = client.get("/office/applications/").content.decode()
    search = client.get("/office/applications/?q=आवेदक").content.decode()
    book = client.post("/office/applications/export/", {"query": "q=आवेदक", "column": ["ref", "name", "phone"]}).content
    cells = {cell for row in load_workbook(BytesIO(book)).active.iter_rows(values_only=True) for cell in row}

    assert {row.name for row in rows if row.name in page} == wanted
    assert {row.name for row in rows if row.name in search} == wanted
    assert {row.name for row in rows if row.name in cells} == wanted
    assert set(access.units_of(user, Right.VIEW).values_list("pk", flat=True)) == mine
    assert {unit.pk for unit in units if access.may(user, Right.VIEW, unit)} == mine
    opened = {unit.pk for unit in units if client.get(f"/units/{unit.path}/".replace("//", "/")).status_code == 200}
    assert opened - {units[0].pk} == mine - {units[0].pk}


@often(20)
@given(parents=shapes(), data=st.data())
def test_a_move_takes_the_rights_along_at_once(db, now, parents, data):
    with undone():
        check_move(grow(parents, now), now, data)


def check_move(units, now, data):
    user = a_colleague(units[1], Role.INCHARGE, now)
    moved = data.draw(st.sampled_from(units[1:]), label="moved")
    others = [unit for unit in units if unit.level == Level(moved.level).above and unit.pk != moved.parent_id]
    if others:
        tree.move(unit=moved, parent=data.draw(st.sampled_from(others)), by=None, now=now)

    reached = set(access.units_of(user, Right.VIEW).values_list("pk", flat=True))

    assert reached == below(Unit.objects.get(pk=units[1].pk))
