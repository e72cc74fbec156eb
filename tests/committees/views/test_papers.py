"""The public check, the personal link, the letter."""

import gzip

import pytest

from committees.domain import letters, seats
from committees.models import Appointment
from portal import codes, documents, signatures
from portal.models import Document
from portal.models.documents import DocumentKind
from tests.factories.committees import make_holder, make_person, make_user


@pytest.fixture
def appointment(units, now):
    return make_holder("assembly-president", units["AC036"], now, make_person(now, "रमेश सैनी"))


def check(client, code):
    answer = client.get(f"/v/{code}")
    return answer.status_code, answer.context["standing"]


def test_anyone_may_check_a_letter_typed_in_any_way(client, appointment):
    code = appointment.letter.code

    standings = [check(client, way) for way in (code, codes.pretty(code), code.lower(), f"{code[:5]} {code[5:]}")]

    assert standings == [(200, "valid")] * 4
    answer = client.get(f"/v/{code}")
    text = answer.content.decode()
    assert ("रमेश सैनी" in text, "98" + appointment.person.phone[5:] in text) == (True, False)
    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == ("noindex", "max-age=300")
    assert len(gzip.compress(answer.content)) < 6 * 1024
    assert documents.number_of(appointment.letter) in text


def test_a_cancelled_letter_says_so_without_the_reason(client, appointment, now):
    seats.end(appointment=appointment, reason="गोपनीय कारण", by=None, now=now)

    assert check(client, appointment.letter.code) == (200, "revoked")
    assert "गोपनीय" not in client.get(f"/v/{appointment.letter.code}").content.decode()


def test_a_letter_past_its_term_has_expired(client, units, now):
    old = make_holder("assembly-president", units["AC034"], now, term_ends=now.date())

    assert check(client, old.letter.code) == (200, "expired")


def test_certificates_are_checked_at_the_same_place(client, units, now):
    paper = documents.issue(
        kind=DocumentKind.CERTIFICATE, person=make_person(now), title="डिजिटल कार्यशाला", place="जयपुर",
        printed=documents.letterhead("hi"), by=None, now=now,
    )  # fmt: skip

    assert check(client, paper.code) == (200, "valid")


def test_a_wrong_sign_never_reaches_the_database(client, db, django_assert_num_queries):
    client.get("/v/")  # the organisation's row is read once
    with django_assert_num_queries(0):
        answer = client.get("/v/AAAA-BBBB-CC")

    assert (answer.status_code, answer.context["standing"]) == (404, "mistyped")
    assert check(client, codes.new(10)) == (404, "unknown")


def test_a_scan_shows_whether_the_words_in_it_are_ours(client, appointment):
    address = documents.qr_text(appointment.letter).removeprefix("http://testserver")
    honest = client.get(address)
    forged = client.get(address.replace("रमेश", "सुरेश"))

    assert (honest.context["standing"], honest.context["signed"]) == ("valid", True)
    assert forged.context["standing"] == "altered"
    assert "रमेश सैनी" in forged.content.decode()
    assert signatures.public_keys()[0] in client.get("/v/key").content.decode()


def test_a_typed_code_leads_to_its_page(client, appointment):
    code = codes.pretty(appointment.letter.code)

    assert client.get("/v/", {"code": code.lower()}).url == f"/v/{code}"
    assert client.get("/v/", {"code": "कुछ"}).context["standing"] == "mistyped"


def test_twenty_wrong_tries_an_hour_are_enough(client, db, appointment):
    tries = [client.get(f"/v/{codes.new(10)}").status_code for _ in range(21)]

    assert tries == [404] * 20 + [429]
    assert client.get(f"/v/{appointment.letter.code}").status_code == 200


def test_the_personal_link_says_yes_once_and_leads_to_the_letter(client, appointment):
    link = f"/s/{letters.token_of(appointment)}/"
    page = client.get(link)

    client.post(link, {"answer": "yes"})

    appointment.refresh_from_db()
    assert "स्वीकार है" in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")
    assert appointment.accepted_at is not None
    after = client.get(link).content.decode()
    assert f"/l/{appointment.letter.code}.pdf?key={letters.token_of(appointment)}" in after
    assert "स्वीकार है" not in after


def test_the_work_page_opens_from_the_link_also_for_who_is_not_signed_in(client, units, now):
    held = make_holder("district-incharge", units["SKR"], now, accepted=True)

    assert 'href="/login/"' in client.get(f"/s/{letters.token_of(held)}/").content.decode()
    client.force_login(held.person.user)
    assert client.get("/login/").url == "/"


def test_a_no_needs_a_reason_and_keeps_what_was_asked(client, appointment):
    link = f"/s/{letters.token_of(appointment)}/"

    empty = client.post(link, {"answer": "no", "reason": "  "})
    assert "कारण कुछ शब्दों में लिखें" in empty.content.decode()
    client.post(link, {"answer": "no", "reason": "पढ़ाई"})

    assert Appointment.objects.get().ended_because == "पढ़ाई"
    assert "समाप्त हो चुकी है" in client.get(link).content.decode()
    assert client.post(link, {"answer": "yes"}).status_code == 302  # too late: the page says so


def test_forged_links_find_nothing(client, appointment):
    token = letters.token_of(appointment)

    forged = [token[:-1], "1~x", "x", "~", token.upper() + "0", "zzzzzzzzzzzzzzzzz~a"]

    assert [client.get(f"/s/{one}/").status_code for one in forged] == [404] * len(forged)


def test_the_letter_is_for_its_holder_and_for_those_with_a_right(client, units, appointment, now):
    address = f"/l/{appointment.letter.code}.pdf"
    other = make_holder("assembly-president", units["AC034"], now)
    keys = [letters.token_of(appointment), letters.token_of(other), "", "x"]

    by_key = [client.get(address, {"key": key}).status_code for key in keys]
    assert by_key == [200, 404, 404, 404]
    seen = {}
    for name, user in {
        "holder": appointment.person.user,
        "office": make_user("state-office", units["RJ"], now),
        "own": make_user("district-incharge", units["SKR"], now),
        "other": make_user("district-incharge", units["JPR"], now),
        "reception": make_user("reception", units["RJ"], now),
    }.items():
        client.force_login(user)
        seen[name] = client.get(address).status_code
        assert client.get(address.replace("pdf", "png")).status_code == seen[name]
    assert seen == {"holder": 200, "office": 200, "own": 200, "other": 404, "reception": 404}


def test_the_office_cancels_a_letter_and_writes_another(client, units, appointment, now):
    address = f"/l/{appointment.letter.code}/cancel/"
    client.force_login(make_user("district-incharge", units["SKR"], now))
    assert client.get(address).status_code == 404

    client.force_login(make_user("state-office", units["RJ"], now))
    assert client.post(address, {"reason": ""}).status_code == 200
    client.post(address, {"reason": "नाम गलत", "anew": "on"})

    old = Document.objects.get(code=appointment.letter.code)
    appointment.refresh_from_db()
    assert (old.revoked_reason, old.replaced_by) == ("नाम गलत", appointment.letter)
    assert check(client, old.code) == (200, "replaced")
    assert check(client, appointment.letter.code) == (200, "valid")
