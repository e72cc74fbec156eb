"""No list shows another's part, whatever the tree looks like."""

from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from committees import access
from committees.access import Right
from committees.domain import lending, seats, tree
from committees.levels import ORDER, Level, Role
from committees.models import Appointment, Unit
from committees.rights import LENDABLE
from tests.factories.committees import make_person
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


LENT = [Right.VIEW, Right.REVIEW, Right.READ_NUMBERS, Right.FORM]
ENDS = [
    "goes on",
    "its last day is past",
    "the giver's term is past",
    "the giver left",
    "it was taken back",
    "moved away",
]


@often(8)
@given(parents=shapes(), data=st.data())
def test_a_deputy_finds_exactly_what_was_lent_and_what_the_giver_still_has(db, clock, now, parents, data):
    clock.move_to(now)
    with undone():
        check_deputy(grow(parents, now), now, clock, data)


def check_deputy(units, now, clock, data):
    top = data.draw(st.sampled_from(units), label="the giver's unit")
    unit = data.draw(st.sampled_from([each for each in units if each.pk in below(top)]), label="what is lent")
    rights = data.draw(st.lists(st.sampled_from(LENT), min_size=1, unique=True), label="rights")
    giver = a_colleague(top, Role.INCHARGE, now).person.appointments.get()
    told = {"giver": giver, "unit": unit, "rights": rights, "fill": 1, "by": None, "now": now}
    lent = lending.lend(until=now.date() + timedelta(days=9), person=make_person(now), **told)
    rows = applied(units, now)

    end = data.draw(st.sampled_from(ENDS), label="then")
    happen(end, lent, giver, units, clock, now)

    lent = Appointment.objects.select_related("seat__unit").get(pk=lent.pk)
    holds = end in {"goes on", "moved away"} and top.pk in set(walked(Unit.objects.get(pk=unit.pk)))
    reached = {right: below(unit) if holds and right in {*rights, Right.VIEW} else set() for right in LENDABLE}
    user, client = lent.person.user, Client()
    sign_in(client, user)
    assert {right: set(access.units_of(user, right).values_list("pk", flat=True)) for right in Right} == (
        {right: set() for right in Right} | reached
    )
    check_pages(client, rows, reached[Right.REVIEW], reached[Right.REVIEW] & reached[Right.READ_NUMBERS], data)
    opened = {unit.pk for unit in units[1:] if client.get(f"/units/{unit.path}/").status_code == 200}
    assert opened == reached[Right.VIEW] - {units[0].pk}


def applied(units, now):
    """Somebody at each unit applies to the drive of the state."""
    drive = a_drive(units[0], now)
    return [an_application(drive, unit, now, at, name=f"आवेदक{at}ज्ञ") for at, unit in enumerate(units)]


def happen(end, lent, giver, units, clock, now):
    if end == "its last day is past":
        clock.shift(timedelta(days=10))
    elif end == "the giver's term is past":
        Appointment.objects.filter(pk=giver.pk).update(term_ends=now.date())
        clock.shift(timedelta(days=1))
    elif end == "the giver left":
        seats.end(appointment=giver, reason="त्यागपत्र", by=None, now=now)
    elif end == "it was taken back":
        lending.revoke(lending=lent, reason="काम पूरा", by=None, now=now)
    elif end == "moved away":
        unit = lent.seat.unit
        others = [other for other in units if other.level == Level(unit.level).above and other.pk != unit.parent_id]
        if others:
            tree.move(unit=unit, parent=others[0], by=None, now=now)


def check_pages(client, rows, read, numbers, data):
    """List, count, search, export, one page, one number, the admin: against the units one reads and whose numbers."""
    wanted = {row.name for row in rows if row.unit_id in read}
    page, search = client.get("/office/applications/"), client.get("/office/applications/?q=आवेदक")
    for answer in (page, search):
        assert {row.name for row in rows if row.name in answer.content.decode()} == wanted
        if answer.status_code == 200:
            assert answer.context["counts"][0][2] == len(wanted)
    book = client.post("/office/applications/export/", {"query": "", "column": ["ref", "name", "phone"]})
    if book.status_code == 200:
        cells = {
            cell for row in load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True) for cell in row
        }
        assert {row.name for row in rows if row.name in cells} == wanted
    one = data.draw(st.sampled_from(rows), label="opened")
    address = f"/office/applications/{one.ref}/"
    shown = client.post(f"{address}number/", {"why": "call"})
    assert (client.get(address).status_code == 200) == (one.unit_id in read)
    assert (f"tel:{one.phone}" in shown.content.decode()) == (one.unit_id in numbers)
    assert [answer.status_code for answer in (page, search)] == [200 if read else 404] * 2
    assert client.get("/admin/", follow=True).status_code == 404
