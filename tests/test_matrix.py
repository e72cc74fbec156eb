"""The written matrix is the tested matrix: every role at every page, by every method.

``committees/matrix.toml`` says who gets in; the world of ``factories.everyone``
has one of each role and one of each thing. Nothing a role does here stays.
"""

import re
from datetime import date
from urllib.parse import quote

import pytest
import time_machine
from django.urls import reverse

from portal.models import Person
from tests.factories import sunday
from tests.factories.everyone import NAME, PHONE
from tests.pages import ADMIN, MATRIX, METHODS, Places, ask, lines, outcome, pages, roles

FAMILY_NAME = NAME.split()[0]
FACTS = ("name", "phone", "numbers")


@pytest.fixture
def world(everyone):
    """Everyone, on Sunday at eleven."""
    with time_machine.travel(sunday.at(11), tick=False):
        yield everyone


# --- the matrix ---------------------------------------------------------------------------------


def test_every_page_stands_in_the_matrix_and_no_other():
    named = {line.partition(" @ ")[0] for line in MATRIX["pages"]}

    assert {ADMIN if page.name.startswith(ADMIN) else page.name for page in pages()} == named


def written(role):
    """What the matrix says of a role: line and method → outcome, and where it reads the name and the number."""
    says = {}
    for line, page in lines():
        row = MATRIX["pages"][line]
        for method in METHODS:
            allowed = row.get("any", row.get(method))
            if allowed is not None:
                says[line, method] = "in" if role in roles(allowed) else "out"
            else:  # the door comes before the question of the method
                says[line, method] = "method" if page.is_open or role in roles("signed-in") else "out"
        for fact in FACTS:
            says[line, fact] = role in roles(row.get(fact, ""))
    return says


def seen(world, role):
    """What happens to a role, in the same form."""
    places, client, says = Places(world), world.browser(role), {}
    others = Person.objects.exclude(phone__in=[PHONE, getattr(world.users.get(role), "phone", "")])
    strangers = [phone[-10:] for phone in others.values_list("phone", flat=True)]
    for line, page in lines():
        address, shown = places.address(line, page.names), ""
        for method in METHODS:
            answer = ask(client, method, address, places.sent.get(line, {}))
            says[line, method] = outcome(answer)
            if answer["Content-Type"].startswith("text/"):
                shown += answer.getvalue().decode()
        says[line, "name"] = FAMILY_NAME in shown
        digits = shown.translate({ord(sign): None for sign in " -\u00a0"})
        says[line, "phone"] = PHONE[-10:] in digits
        says[line, "numbers"] = any(number in digits for number in strangers)
    return says


def unlike(wanted, found):
    """Where the two differ: line → (written, seen)."""
    return {key: (wanted[key], found[key]) for key in wanted if wanted[key] != found[key]}


ON_POSTGRES = {"applicant", "conflicted", "incharge", "office"}  # the others stay on SQLite


def databases(role):
    return pytest.mark.postgres if role in ON_POSTGRES else pytest.mark.once


@pytest.mark.parametrize("role", [pytest.param(role, marks=databases(role)) for role in MATRIX["roles"]])
def test_the_site_does_what_the_matrix_says(world, role):
    assert unlike(written(role), seen(world, role)) == {}


# --- what belongs to others is not there ----------------------------------------------------------

NOWHERE = {
    "slug": "nowhere", "ref": "K7Q29FXM", "other": "K7Q29FXN", "code": "K7Q29FXM", "drive": "nowhere", "token": "99999",
    "date": date(2031, 1, 5), "link_key": "Zz" * 12, "key": "Zz" * 12, "number": "99999999", "pk": 99_999_999,
    "person": 99_999_999, "path": "nowhere", "thing": "a-K7Q29FXM",
}  # fmt: skip


def bare(answer, address):
    """The page without what differs at each look and without the address that was asked for."""
    there = address.strip("/")
    text = answer.getvalue().decode(errors="replace").replace(there, "…").replace(quote(there, safe=""), "…")
    return re.sub(r'nonce="[^"]+"|value="[\w-]{64}"', "", text), answer.get("Location", "").replace(address, "…")


@pytest.mark.once
def test_what_a_neighbour_may_not_touch_is_like_what_nobody_has(world):
    """Every address with a thing in it, asked as the in-charge next door: word for word the page of a missing one."""
    neighbour, places = world.browser("incharge-elsewhere"), Places(world)
    asked, told_apart = 0, []
    for line, page in lines():
        row = MATRIX["pages"][line]
        things = set(page.names) & set(NOWHERE)
        for method in METHODS:
            if not things or "incharge-elsewhere" in roles(row.get("any", row.get(method, ""))):
                continue
            theirs = places.address(line, page.names)
            known = {**places.values.get(line.partition(":")[0], {}), **places.special(line)}
            values = {name: NOWHERE.get(name, known[name]) for name in page.names}
            nobodys = reverse(line.partition(" @ ")[0], kwargs=values)
            sent = places.sent.get(line, {})
            answers = [ask(neighbour, method, address, sent) for address in (theirs, nobodys)]
            seen = [
                (answer.status_code, *bare(answer, at)) for answer, at in zip(answers, (theirs, nobodys), strict=True)
            ]
            asked += 1
            if seen[0] != seen[1]:
                told_apart.append((line, method, theirs, seen[0][0], nobodys, seen[1][0]))
    assert told_apart == []
    assert asked > 100
