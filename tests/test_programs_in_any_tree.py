"""What a key reads is its owner's part of the tree, whatever the tree looks like; numbers are never whole."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from committees.domain import tallying, tree
from committees.levels import Level, Role
from committees.models import Unit
from portal import tokens
from tests.factories.desk import a_colleague, a_drive, an_application
from tests.often import often
from tests.test_rights_in_any_tree import below, grow, shapes, undone

CODE = re.compile(r'"(U\d+)"')
NUMBER = re.compile(r"[6-9]\d{4} ?\d{5}")

pytestmark = pytest.mark.once


@often(3)
@given(parents=shapes(), data=st.data())
def test_a_key_reads_exactly_its_owners_part(db, clock, now, parents, data):
    cache.clear()  # the examples share a clock that stands still, and the keys their numbers
    with undone():
        check(grow(parents, now), now, data)


def check(units, now, data):
    for at, unit in enumerate(units):
        an_application(a_drive(unit, now, f"u{at}"), unit, now, at)
    top = data.draw(st.sampled_from(units), label="the owner's unit")
    owner = a_colleague(top, Role.INCHARGE, now, 77)
    tallying.count_all(now=now)
    told = {"name": "a", "scopes": tokens.SCOPES, "expires_at": now + tokens.LONGEST, "by": owner, "now": now}
    client = Client(headers={"authorization": f"Bearer {tokens.issue(owner=owner, **told)[1]}"})

    compare(client, units, top)
    moved = data.draw(st.sampled_from(units), label="moved")
    others = [unit for unit in units if unit.level == Level(moved.level).above and unit.pk != moved.parent_id]
    if others:
        tree.move(unit=moved, parent=others[0], by=None, now=now)
        cache.clear()
        compare(client, units, top)


def compare(client, units, top):
    """Each list and each unit against the oracle that walks up by the parents."""
    mine = set(Unit.objects.filter(pk__in=below(top)).values_list("code", flat=True))
    lists = [client.get(f"/api/v1/{page}") for page in ("units/?limit=100", "units/?q=Place&limit=100")]
    drives = client.get("/api/v1/office/drives/?limit=100").json()["items"]
    opened = {
        unit.code: [client.get(f"/api/v1/{page}/{unit.code}/") for page in ("units", "coverage")] for unit in units
    }
    said = [*lists, *(answer for answers in opened.values() for answer in answers)]

    assert [{row["code"] for row in answer.json()["items"]} for answer in lists] == [mine, mine]
    assert {row["unit"]["code"] for row in drives} == mine
    assert {code for code, answers in opened.items() if [one.status_code for one in answers] == [200, 200]} == mine
    assert {code for answer in said for code in CODE.findall(answer.text)} == mine
    assert [answer.text for answer in said if NUMBER.search(answer.text)] == []
