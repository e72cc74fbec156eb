"""The headers of each kind of page are exactly these, and cookies are for the server alone."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from portal import tokens
from tests.factories import sunday
from tests.factories.everyone import sign_in
from tests.pages import MATRIX, Places, lines, roles

CSP = "Content-Security-Policy"
ALWAYS = {
    CSP: (
        "base-uri 'none'; connect-src 'self'; default-src 'none'; form-action 'self'; frame-ancestors 'none'; "
        "img-src 'self' data:; manifest-src 'self'; script-src 'self' 'nonce'; style-src 'self' 'nonce'; "
        "worker-src 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NO_STORE = "max-age=0, no-cache, no-store, must-revalidate, private"
ASIDE = {"Content-Length", "Date", "Expires", "Last-Modified"}
HTML = "text/html; charset=utf-8"

pytestmark = pytest.mark.once


@pytest.fixture
def world(everyone, settings):
    """Everyone, on Sunday at eleven, on a site that speaks TLS alone, as in production."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    with time_machine.travel(sunday.at(11), tick=False):
        yield everyone


def headers_of(client, address):
    """All headers but those of the moment; lists in one order, the nonce by its name."""
    answer = client.get(address, secure=True)
    assert answer.status_code == 200, address
    found = {name: value for name, value in answer.headers.items() if name not in ASIDE}
    for name, between in (("Vary", ", "), ("Content-Security-Policy", "; ")):
        if name in found:
            found[name] = between.join(sorted(found[name].split(between)))
    if CSP in found:
        found[CSP] = re.sub(r" 'nonce-[\w+/=-]+'", " 'nonce'", found[CSP])
    return found


def test_a_public_page(world):
    assert headers_of(Client(), "/d/sikar/") == ALWAYS | {
        "Content-Type": HTML,
        "Content-Language": "hi",
        "Vary": "Accept-Language, Cookie",
    }


def test_a_step_of_the_form_stays_on_this_device(world):
    assert headers_of(Client(), "/d/sikar/apply/name/") == ALWAYS | {
        "Cache-Control": "private, max-age=0",
        "Content-Type": HTML,
        "Content-Language": "hi",
        "Vary": "Accept-Language, Cookie",
    }


def test_an_applicants_own_page_is_kept_nowhere(world):
    address = f"/a/{world.applications[1].ref}/"

    assert headers_of(over_tls(world, "applicant"), address) == ALWAYS | {
        "Cache-Control": NO_STORE,
        "Content-Type": HTML,
        "Content-Language": "hi",
        "Vary": "Accept-Language, Cookie",
        "X-Pass": "keep",  # for the applicant's own pass alone, out of the browser's and every proxy's store
    }


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("office", "/office/applications/"),
        ("incharge", "/work/"),
        ("panel", "/panel/2025-11-16/1/"),
        ("office", "/train/"),
    ],
)
def test_a_page_of_a_colleague_is_kept_nowhere(world, role, address):
    found = headers_of(over_tls(world, role), address)

    assert found == ALWAYS | {
        "Cache-Control": NO_STORE,
        "Content-Type": HTML,
        "Content-Language": "hi",
        "Vary": "Accept-Language, Cookie",
    }


def test_the_home_of_an_in_charge_is_kept_by_the_phones_own_worker_alone(world):
    found = headers_of(over_tls(world, "incharge"), "/my/")

    assert (found["Cache-Control"], found["X-Desk"]) == (NO_STORE, "keep")


def test_a_page_of_admin_is_kept_nowhere(world):
    found = headers_of(over_tls(world, "admin"), "/admin/portal/person/")

    assert found == ALWAYS | {
        "Cache-Control": NO_STORE,
        "Content-Type": HTML,
        "Content-Language": "hi",
        "Vary": "Accept-Language, Cookie",
    }


def test_an_answer_to_a_program(world):
    """Public ones may be kept for a minute, those with a key nowhere; nobody's page elsewhere may read them."""
    soon = datetime(2025, 12, 1, tzinfo=UTC)
    owner, names = world.users["incharge"], {"name": "a", "scopes": ["units"]}
    key = tokens.issue(owner=owner, expires_at=soon, by=owner, now=sunday.at(11), **names)[1]
    client = Client(headers={"authorization": f"Bearer {key}", "origin": "https://elsewhere.example"})
    always = ALWAYS | {
        "Content-Language": "hi",
        "Content-Type": "application/json; charset=utf-8",
        "Vary": "Accept-Language, Cookie",
        "X-Robots-Tag": "noindex",
    }
    always[CSP] = always[CSP].replace(" 'nonce'", "")

    assert headers_of(client, "/api/v1/drives/") == always | {"Cache-Control": "public, max-age=60"}
    assert headers_of(client, "/api/v1/units/") == always | {"Cache-Control": "no-store"}


def test_a_static_file(world):
    found = headers_of(Client(), "/static/portal.css")

    assert found == {name: value for name, value in ALWAYS.items() if name not in {CSP, "X-Frame-Options"}} | {
        "Cache-Control": "max-age=60, public",
        "Content-Type": 'text/css; charset="utf-8"',
        "ETag": found["ETag"],
    }


def over_tls(world, role):
    client = Client()
    if role == "applicant":
        for application in world.applications:
            client.get(f"/a/{application.ref}/?k={application.link_key}", secure=True)
    else:
        sign_in(client, world.users[role], second_factor=role == "admin")
    return client


# --- cookies ------------------------------------------------------------------------------------------


def test_every_cookie_is_for_the_server_for_tls_and_for_this_site(world):
    client = Client()
    client.get(f"/q/{world.link.code}", headers={"user-agent": "Mozilla/5.0"}, secure=True)
    client.post(f"/resume/?k={world.draft.key}", {"year": "1995"}, secure=True)
    client.get(f"/a/{world.applications[0].ref}/?k={world.applications[0].link_key}", secure=True)
    client.post("/resume/?again=1", {"phone": "9876511111"}, secure=True)
    client.get("/login/", secure=True)
    kept = dict(client.cookies)

    assert {"came", "draft", "own", "sessionid", "csrftoken"} <= set(kept)
    for name, cookie in kept.items():
        assert (name, cookie["secure"], cookie["samesite"]) == (name, True, "Lax")
        assert bool(cookie["httponly"]) is (name != "csrftoken"), name


def test_no_cookie_holds_a_name_or_a_number(world):
    client = over_tls(world, "applicant")
    held = " ".join(cookie.value for cookie in client.cookies.values())

    assert "9876500777" not in held
    assert world.applications[0].ref not in held


def test_plain_http_is_led_to_tls(world):
    assert Client().get("/d/sikar/")["Location"] == "https://testserver/d/sikar/"


# --- personal pages, all of them --------------------------------------------------------------------------

PUBLIC = {
    "account_inactive",
    "home",
    "health",
    "logo",
    "applications:drives",
    "applications:landing",
    "applications:og",
}
PUBLIC |= {"applications:pass", "applications:privacy", "applications:privacy-version"}
PUBLIC |= {"committees:search", "committees:verify", "committees:verify-ask", "committees:verify-key"}
PUBLIC |= {"committees:fake", "committees:team"}
PUBLIC |= {"interviews:record", "interviews:queue-worker", "interviews:panel-worker", "committees:visits-worker"}
PUBLIC |= {"committees:my-worker"}
PUBLIC |= {"training:marks-worker", "training:pass-worker"}
PUBLIC |= {"applications:apply", "applications:check"}  # kept on the device, so that Back works; see above
PUBLIC |= {"api:api-root", "api:drive", "api:drives", "api:openapi", "programs"}
PICTURES = {"applications:application-photo", "applications:qr-file"}  # private, some minutes
PICTURES |= {"applications:poster-file", "applications:poster-pdf", "applications:poster-preview"}


def test_every_personal_page_says_no_store(world):
    """For every page of the matrix and someone who gets in."""
    places, loose = Places(world), {}
    browsers = {}
    for line, page in lines():
        row = MATRIX["pages"][line]
        allowed = roles(row.get("any", row.get("GET", "")))
        role = next((role for role in ("applicant", "office", "incharge", "panel", "admin") if role in allowed), None)
        if role is None or page.name in PUBLIC | PICTURES:
            continue
        client = browsers.setdefault(role, over_tls(world, role))
        answer = client.get(places.address(line, page.names), secure=True)
        if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
            loose[line] = answer.get("Cache-Control", "")
    assert loose == {}


def test_pictures_of_colleagues_are_private(world):
    client = over_tls(world, "office")
    code, ref = world.link.code, world.applications[1].ref

    for address in (f"/office/applications/{ref}/photo", f"/posters/{code}/a4.png", f"/posters/{code}/qr.svg"):
        assert "private" in client.get(address, secure=True)["Cache-Control"], address
