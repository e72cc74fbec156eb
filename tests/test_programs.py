"""What programs read: by the written matrix, as OpenAPI says, with their owner's rights of the moment and no more."""

import re

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from committees.domain import seats, tallying
from portal import api, audit, programs, tokens
from portal.accounts import opening
from portal.models import Person, Token
from tests.factories import sunday
from tests.factories.everyone import NAME, PHONE
from tests.often import often
from tests.pages import MATRIX, Places, roles

KEYS = MATRIX["keys"]
NUMBER = re.compile(r"[6-9]\d{9}")

pytestmark = pytest.mark.once


@pytest.fixture
def world(everyone):
    """Everyone, on Sunday at eleven."""
    with time_machine.travel(sunday.at(11), tick=False):
        yield everyone


def ask(address, key="", **headers):
    known = {"authorization": f"Bearer {key}"} if key else {}
    return Client(headers=known | headers).get(address)


def address(name, **values):
    return reverse(f"api:{name}", kwargs=values)


# --- who gets what -----------------------------------------------------------------------------------


def test_each_address_that_asks_for_a_key_stands_in_the_matrix():
    asking = {
        f"api:{operation.url_name}"
        for _prefix, router in api.api._routers
        for view in router.path_operations.values()
        for operation in view.operations
        if operation.auth_callbacks
    }

    assert asking == set(KEYS)


def test_keys_open_what_the_matrix_says(world):
    """Each role with a key of the scope that is asked for."""
    places = Places(world)
    for role in roles("signed-in"):
        said = {name: 200 if role in roles(row["roles"]) else 404 for name, row in KEYS.items()}
        keys = {scope: world.a_key(role, scope)[1] for scope in {row["scope"] for row in KEYS.values()}}
        seen = {name: ask(of_sikar(places, name), keys[row["scope"]]).status_code for name, row in KEYS.items()}
        assert (role, seen) == (role, said)


def test_no_other_scope_opens_an_address(world):
    places, seen = Places(world), {}
    for name, row in KEYS.items():
        narrow = world.a_key("office", *(scope for scope in tokens.SCOPES if scope != row["scope"]))[1]
        Token.objects.filter(owner=world.users["office"], name__contains="-").update(name=name)
        seen[name] = [ask(of_sikar(places, name), key).status_code for key in (narrow, "", "srijan_x")]

    assert seen == {name: [403, 401, 401] for name in KEYS}


def of_sikar(places, name):
    return places.address(name, ("code",) if name in {"api:unit", "api:coverage"} else ())


def test_a_cookie_opens_nothing(world):
    office = world.browser("office")

    assert [office.get(address(name)).status_code for name in ("units", "me", "office-drives")] == [401] * 3


def test_a_key_knows_no_more_than_its_owner_at_that_moment(world):
    key = world.a_key("office", "units")[1]
    before = ask(address("unit", code="SKR"), key).status_code

    seats.end(
        appointment=world.users["office"].person.appointments.get(), reason="पद छोड़ा", by=None, now=timezone.now()
    )
    after = [ask(address("unit", code="SKR"), key).status_code, ask(address("units"), key).status_code]
    opening.let_in(user=world.users["office"], active=False, by=None, now=timezone.now())
    shut = ask(address("units"), key).status_code

    assert (before, after, shut) == (200, [404, 404], 401)


def test_an_administrator_ends_a_key_that_was_lost(world):
    token, key = world.a_key("incharge", "me")
    admin = world.browser("admin")

    admin.post("/admin/portal/token/", {"action": "end", "_selected_action": [token.pk]})

    assert ask(address("me"), key).status_code == 401
    assert [event.by for event in audit.history(token) if event.verb == "ended a key"] == [world.users["admin"]]
    assert key not in admin.get(f"/admin/portal/token/{token.pk}/change/").content.decode()


def test_what_a_neighbour_may_not_see_is_like_what_nobody_has(world):
    key = world.a_key("incharge-elsewhere", "units", "coverage")[1]

    for name in ("unit", "coverage"):
        theirs, nobodys = ask(address(name, code="SKR"), key), ask(address(name, code="NOBODY"), key)
        assert (theirs.status_code, theirs.content) == (404, nobodys.content)


# --- what is in it ------------------------------------------------------------------------------------


def test_drives_are_what_their_pages_show(world):
    found = ask(address("drives")).json()
    one = ask(address("drive", slug="sikar")).json()
    missing = ask(address("drive", slug="nowhere"))

    assert ([row["slug"] for row in found["items"]], found["next"]) == (["rajya", "sikar"], None)
    assert (one["state"], one["unit"]["code"], one["page"]) == ("open", "SKR", "http://testserver/d/sikar/")
    assert one["criteria"] == [
        {"hi": row.name_hi, "en": row.name_en or row.name_hi} for row in world.drive.criteria.all()
    ]
    assert missing.status_code == 404


def test_an_in_charge_reads_the_own_drives_units_and_numbers(world):
    tallying.count_all(now=world.now)
    key = world.a_key("incharge", *tokens.SCOPES)[1]

    drives = ask(address("office-drives"), key).json()["items"]
    unit = ask(address("unit", code="SKR"), key).json()
    counted = ask(address("coverage", code="SKR"), key).json()
    found = ask(f"{address('units')}?q=palsana", key).json()["items"]

    assert [(row["slug"], row["applications"]) for row in drives] == [("sikar", world.drive.applications.count())]
    assert (unit["parent"], unit["committee"]["in_charge"]) == (None, {"name": "incharge", "accepted": False})
    assert [row["code"] for row in unit["children"]["items"]] == ["AC034", "AC036"]
    assert unit["committee"]["seats"] == 21
    assert [row["level"] for row in counted["levels"]] == ["district", "assembly", "block", "mandal", "booth"]
    assert counted["levels"][0]["counts"]["posts"] == 21
    assert [row["code"] for row in found] == ["AC036-A-M1"]


def test_all_pieces_together_are_the_whole(world):
    key = world.a_key("office", "units")[1]
    whole = [row["code"] for row in ask(address("units"), key).json()["items"]]
    by_one, after = [], ""
    while after is not None:
        piece = ask(f"{address('units')}?limit=2&after={after}", key).json()
        by_one += [row["code"] for row in piece["items"]]
        after = piece["next"]
    first = ask(f"{address('unit', code='RJ')}?limit=1", key).json()["children"]
    second = ask(f"{address('unit', code='RJ')}?limit=1&after={first['next']}", key).json()["children"]

    assert (by_one, len(whole)) == (whole, len(world.units))
    assert [piece["items"][0]["code"] for piece in (first, second)] == ["JPR", "SKR"]
    assert second["next"] is None
    assert [row["code"] for row in ask(f"{address('units')}?under=AC036&level=booth", key).json()["items"]] == [
        "AC036-P112"
    ]
    assert ask(f"{address('units')}?limit=101", key).json()["fields"].keys() == {"limit"}


def test_my_data_is_the_page_s_file_and_mine_alone(world):
    browser, key = world.browser("incharge"), world.a_key("incharge", "me")[1]
    page, read = browser.get("/me/my-data.json").json(), ask(address("me"), key).json()

    assert read == page
    assert NAME not in str(read)
    assert PHONE[-10:] not in str(read)


def test_a_list_asks_the_database_as_much_for_three_rows_as_for_one(world, django_assert_num_queries):
    tallying.count_all(now=world.now)
    key = world.a_key("office", *tokens.SCOPES)[1]
    ask(address("units"), key)  # the first use is written down
    for where, queries in (
        (address("drives"), 1),
        (address("office-drives"), 3),
        (address("units"), 3),
        (address("unit", code="RJ"), 11),
        (address("coverage", code="RJ"), 7),
    ):
        for limit in (1, 3):
            with django_assert_num_queries(queries):
                ask(f"{where}?limit={limit}", key)


# --- how it refuses --------------------------------------------------------------------------------------


def test_refusals_say_in_the_asked_language_how_to_mend_it(world):
    hindi, english = ask(address("units")), ask(address("units"), **{"accept-language": "en-IN,hi;q=0.5"})
    elsewhere = ask("/api/v1/nothing/at/all", **{"accept-language": "fr, en;q=0.2"})
    posted = Client().post(address("units"))
    nul = ask(f"{address('units')}?q=%00")

    assert (hindi.status_code, hindi["WWW-Authenticate"], hindi["Content-Language"]) == (401, "Bearer", "hi")
    assert "मान्य कुंजी भेजें" in hindi.json()["detail"]
    assert english.json()["detail"].startswith("Send a valid key")
    assert (elsewhere.status_code, elsewhere.json()["code"], elsewhere["Content-Language"]) == (404, "nothing", "en")
    assert (posted.status_code, posted["Allow"], posted.json()["code"]) == (405, "GET", "method")
    assert (nul.status_code, nul.json()["code"]) == (404, "nothing")


def test_a_key_and_an_address_have_their_limits(world, monkeypatch):
    monkeypatch.setattr(programs, "OF_A_KEY", 2)
    keys = [world.a_key("office", "units")[1], world.a_key("incharge", "units")[1]]

    first = [ask(address("units"), keys[0]) for _each in range(3)]
    second = ask(address("units"), keys[1])
    monkeypatch.setattr(programs, "OF_AN_ADDRESS", 4)
    third = ask(address("drives"))

    assert [answer.status_code for answer in [*first, second, third]] == [200, 200, 429, 200, 429]
    assert 0 < int(first[2]["Retry-After"]) <= 70
    assert first[2].json()["code"] == "too_many"


def test_no_other_site_may_read_in_a_browser(world):
    key = world.a_key("office", "units")[1]
    answers = [
        ask(address("units"), key, origin="https://elsewhere.example"),
        Client(headers={"origin": "https://elsewhere.example"}).options(address("units")),
    ]

    assert [name for answer in answers for name in answer.headers if name.startswith("Access-Control")] == []
    assert answers[1].status_code == 405


# --- whatever is asked -------------------------------------------------------------------------------------

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def described(world):
    """Each address as OpenAPI describes it, with the site behind it; the line to the database stays open."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    yield [operation.ok() for operation in schema.get_all_operations()]
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


@pytest.fixture
def keys(world, monkeypatch):
    """A key of all scopes for some roles, without limits."""
    monkeypatch.setattr(programs, "OF_A_KEY", 10**9)
    monkeypatch.setattr(programs, "OF_AN_ADDRESS", 10**9)
    return {
        role: world.a_key(role, *tokens.SCOPES)[1] for role in ("office", "incharge", "convener", "member", "admin")
    }


@often(8)
@given(data=st.data())
def test_every_answer_is_one_that_openapi_describes_and_tells_of_nobody_else(world, described, keys, data):
    operation = data.draw(st.sampled_from(described), label="address")
    mode = data.draw(st.sampled_from(list(schemathesis.GenerationMode)), label="as described or not")
    role = data.draw(st.sampled_from([*keys, "anonymous"]), label="role")
    case = data.draw(operation.as_strategy(generation_mode=mode), label="asked")
    known = {"Authorization": f"Bearer {keys[role]}"} if role in keys else {}

    answer = case.call(headers=known)

    case.validate_response(answer, checks=CHECKS)
    own = getattr(world.users.get(role), "phone", "")[-10:]
    assert set(NUMBER.findall(answer.text.replace(" ", "").replace("+91", ""))) <= {own}
    assert NAME not in answer.text
    if not operation.path.endswith("/me/") and role in {"member", "admin", "anonymous"}:
        assert not any(name in answer.text for name in Person.objects.values_list("name", flat=True) if len(name) > 9)
