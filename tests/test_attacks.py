"""Junk and forged addresses: whatever is sent to any page, the answer is a page of ours and says nothing more."""

import re
from urllib.parse import quote, urljoin, urlsplit

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import sunday
from tests.often import often
from tests.pages import MATRIX, Places, ask, lines, roles

PREFERRED = ["office", "applicant", "incharge", "panel", "admin", "anonymous"]
NUL = "\x00"  # PostgreSQL takes no text with it
JUNK = [
    "",
    NUL,
    "x" * 10_000,
    "😀\u200d🦚",
    "\u202eabc\u2066",
    "-1",
    "0",
    "1e9",
    "9" * 30,
    "9223372036854775808",
    "²",
]
JUNK += [
    "१२३",
    "[1, 2]",
    '{"a": 1}',
    "null",
    "NaN",
    "true",
    "2025-02-30T10:00",
    "2025-13-01T25:61",
    "31/12/99999",
    "25:61",
]
JUNK += ["0000-00-00", "2025-11-16T10:00", "+05:30", "a b", "K7Q2-9FXM", "d~AAAAAAAAAAAAAAAA", "zzzzzzzzzzzzz~", "~~~"]
JUNK += [
    "../../etc/passwd",
    "%00",
    "%ff",
    "\ud7ff",
    "' OR 1=1 --",
    "{{ 7 }}",
    "%(name)s",
    "<script>",
    "next:99",
    "walk_in:",
]
JUNK += ["check_in:²", "move:", "skip:" + "9" * 18, "//evil.example", "javascript:alert(1)", "=1+1", "क़्\u200d", "٣٤"]
WORDS = (
    "q page next status drive district assembly level via has sort pick add do ref enrolment interview slot panel seen"
)
WORDS += " query to everyone confirm key former revision reason note find all k new code show part close names within"
WORDS += " phone name family no_links action coming answer undo batch decision outcome words free draft download"
texts = st.one_of(st.sampled_from(JUNK), st.text(max_size=30))


@pytest.fixture
def world(everyone):
    """Everyone, on Sunday at eleven."""
    with time_machine.travel(sunday.at(11), tick=False):
        yield everyone


@pytest.fixture
def browsers(world):
    """One for each role that is needed to come in everywhere; a page that breaks answers 500."""
    found = {role: world.browser(role) for role in PREFERRED}
    for client in found.values():
        client.raise_request_exception = False
    return found


def insiders():
    """Each line of the matrix with a role that gets in."""
    for line, page in lines():
        row = MATRIX["pages"][line]
        allowed = roles(" ".join([row.get("any", ""), row.get("GET", ""), row.get("POST", "")])) or {"office"}
        yield line, page, next((role for role in PREFERRED if role in allowed), "office")


def fields(client, address):
    """The names that the forms of a page send, and those that pages of ours read."""
    answer = client.get(address)
    found = re.findall(r'name="([\w-]+)"', answer.content.decode(errors="replace"))
    return sorted({*found, *WORDS.split()} - {"csrfmiddlewaretoken"})


def broken(answer, line):
    return answer.status_code >= 500 and line != "health"


# --- junk ------------------------------------------------------------------------------------------


TURNS = 2  # each page twice, half of its fields emptied at a time


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(0, marks=pytest.mark.postgres),
        pytest.param(1, marks=pytest.mark.once),
        *(pytest.param(part, marks=pytest.mark.soak) for part in range(2, 6)),
    ],
)
def test_no_field_of_any_page_breaks_by_junk(world, browsers, part):
    """Each page with each of its fields once; the junk goes round."""
    places, found = Places(world), []
    for number, (line, page, role) in enumerate(insiders()):
        if number % 6 != part:
            continue
        client, address = browsers[role], places.address(line, page.names)
        names = fields(client, address)
        for turn in range(TURNS):
            sent = {name: JUNK[(at * 7 + turn * 11 + number) % len(JUNK)] for at, name in enumerate(names)}
            few = {name: sent[name] for name in names[turn::TURNS]}
            nothing = dict.fromkeys(names[turn::TURNS], NUL)
            for data in (sent, few, nothing, nothing | {"do": f"walk_in:{NUL}"}):
                found += [
                    (line, method, turn)
                    for method in ("GET", "POST")
                    if broken(ask(client, method, address, data), line)
                ]
    assert found == []


@pytest.mark.postgres
@often(80)
@given(data=st.data())
def test_no_page_breaks_by_what_hypothesis_thinks_of(world, browsers, data):
    line, page, role = data.draw(st.sampled_from(list(insiders())), label="page")
    client, address = browsers[role], Places(world).address(line, page.names)
    names = st.sampled_from(fields(client, address))
    sent = data.draw(st.dictionaries(names, st.one_of(texts, st.lists(texts, max_size=2)), max_size=10), label="sent")

    for method in ("GET", "POST"):
        assert not broken(ask(client, method, address, sent), line)


@pytest.mark.postgres
@often(60)
@given(data=st.data())
def test_no_address_breaks(world, browsers, data):
    """A part of an address that somebody made up."""
    having = [(line, page, role) for line, page, role in insiders() if page.names]
    line, page, role = data.draw(st.sampled_from(having), label="page")
    parts = Places(world).address(line, page.names).strip("/").split("/")
    at = data.draw(st.integers(0, len(parts) - 1), label="part")
    parts[at] = quote(data.draw(texts, label="junk"), safe="")

    assert not broken(ask(browsers[role], "GET", f"/{'/'.join(parts)}/", {}), line)


# --- forged addresses ------------------------------------------------------------------------------------


def test_a_forged_link_to_another_district_is_a_page_that_does_not_exist(world):
    """Not a word differs from an application that nobody wrote."""
    client, ref = world.browser("incharge-elsewhere"), world.applications[1].ref
    for tail in ("", "photo"):
        there = client.get(f"/office/applications/{ref}/{tail}")
        nowhere = client.get(f"/office/applications/K7Q29FXM/{tail}")
        assert (there.status_code, bare(there)) == (404, bare(nowhere))
    posted = {"to": "SELECTED", "reason": "x"}
    tails = ("move", "number", "appoint")
    assert [client.post(f"/office/applications/{ref}/{tail}/", posted).status_code for tail in tails] == [404] * 3
    moved = client.post("/office/applications/move/", posted | {"ref": ref, "confirm": "1"}, follow=True)

    world.applications[1].refresh_from_db()
    assert (world.applications[1].status, world.applications[1].name in moved.content.decode()) == ("SUBMITTED", False)


def bare(answer):
    """The page without what differs each time."""
    return re.sub(r'nonce="[^"]+"|value="[^"]{64}"|/(office|en)/[\w/%-]+', "", answer.content.decode())


ELSEWHERE = ["https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example"]
ELSEWHERE += [
    "http:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
]
ELSEWHERE += [
    "\t//evil.example",
    "\n//evil.example",
    " //evil.example",
    "/\t/evil.example",
    "https://testserver@evil.example",
]
ELSEWHERE += ["https://testserver.evil.example", "//testserver@evil.example", "////evil.example", "https:/evil.example"]
ELSEWHERE += [
    "http://[::1]@evil.example",
    "/%09/evil.example",
    "//evil%E3%80%82example",
    "@evil.example",
    "ftp://evil.example",
]


def test_no_sign_in_and_no_undo_leads_elsewhere(world, browsers):
    led = {target: set(places_after(browsers, target)) for target in ELSEWHERE}

    assert led == {target: {"testserver"} for target in ELSEWHERE}


def places_after(browsers, target):
    """The hosts that each page which takes a ``next`` leads to."""
    office = browsers["office"]
    answers = [office.get("/login/", {"next": target}), office.get("/login/password/", {"next": target})]
    answers += [office.post("/office/applications/undo/", {"next": target, "batch": ""})]
    answers += [office.get("/admin/login/", {"next": target}), browsers["admin"].get("/admin/login/", {"next": target})]
    answers += [ask(office, "POST", "/logout/", {"next": target})]

    for answer in answers:
        place = answer.get("Location", "/").partition("?")[0]
        yield urlsplit(urljoin("http://testserver/a/b/", place.replace("\\", "/"))).netloc


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "", "a b", "[::1"]
)
def test_another_host_is_refused(db, host):
    assert Client(headers={"host": host}).get("/d/", SERVER_NAME="evil.example").status_code == 400


def test_a_forwarded_host_changes_no_link(world):
    page = world.browser("applicant").get(
        f"/a/{world.applications[1].ref}/", headers={"x-forwarded-host": "evil.example"}
    )

    assert page.status_code == 200
    assert "evil.example" not in page.content.decode()
