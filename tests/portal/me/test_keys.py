"""The page of one's keys: made after a proof, shown once, ended at once; nobody else's."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from committees.levels import Role
from portal import tokens
from portal.accounts import viewing
from portal.models import Event, Token
from tests.factories.desk import a_colleague
from tests.factories.everyone import sign_in

KEY = re.compile(r"srijan_[\w-]{43}")
ASKED = {"name": "ज़िले का बोर्ड", "scopes": ["units", "coverage"], "until": "2026-02-01"}


@pytest.fixture
def user(places, clock, now):
    return a_colleague(places.sikar, Role.INCHARGE, now)


@pytest.fixture
def client(user):
    return signed_in(user)


def signed_in(user, **before):
    """By a code of SMS, so long ago."""
    client = Client()
    sign_in(client, user)
    session = client.session
    at = (timezone.now() - timedelta(**before)).timestamp()
    session["account_authentication_methods"] = [{"method": "code", "at": at}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def test_a_key_is_made_shown_once_used_and_ended(client, user):
    asked = client.get("/me/keys/new/").content.decode()
    made = client.post("/me/keys/new/", ASKED)
    key = KEY.search(made.content.decode())[0]
    with_key = {"authorization": f"Bearer {key}"}
    read = Client().get("/api/v1/units/", headers=with_key)
    listed = client.get("/me/keys/").content.decode()
    client.post(f"/me/keys/{Token.objects.get().pk}/end/")
    after = Client().get("/api/v1/units/", headers=with_key)

    assert 'value="2026-02-08"' in asked  # ninety days, unless one says otherwise
    assert (made.status_code, "no-store" in made["Cache-Control"]) == (200, True)
    assert (read.status_code, after.status_code) == (200, 401)
    assert ("ज़िले का बोर्ड" in listed, "1 फ़रवरी 2026 तक मान्य" in listed, KEY.search(listed)) == (True, True, None)
    assert key not in str(list(client.session.items()))
    assert timezone.localtime(Token.objects.get().expires_at).isoformat() == "2026-02-02T00:00:00+05:30"
    assert set(Event.objects.filter(kind="portal.token").values_list("verb", "by")) == {
        ("made a key", user.pk),
        ("ended a key", user.pk),
    }


@pytest.mark.once
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"scopes": []},
        {"scopes": ["admin"]},
        {"until": ""},
        {"until": "2025-11-09"},
        {"until": "2026-11-10"},
    ],
    ids=str,
)
def test_what_is_wrong_is_said_at_its_field(client, wrong):
    answer = client.post("/me/keys/new/", ASKED | wrong)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(wrong))
    assert not Token.objects.exists()


@pytest.mark.once
def test_the_same_form_sent_twice_makes_one_key(client):
    first, second = client.post("/me/keys/new/", ASKED), client.post("/me/keys/new/", ASKED)

    assert (first.status_code, second.status_code, Token.objects.count()) == (200, 422, 1)


@pytest.mark.once
def test_who_logged_in_long_ago_does_so_once_more(user):
    late = signed_in(user, minutes=11)

    answers = [late.get("/me/keys/new/"), late.post("/me/keys/new/", ASKED)]
    left = late.post("/logout/", {"next": "/login/?next=/me/keys/new/"})

    assert ["/login/?next=/me/keys/new/" in answer.content.decode() for answer in answers] == [True, True]
    assert (Token.objects.exists(), left["Location"]) == (False, "/login/?next=/me/keys/new/")


@pytest.mark.once
def test_who_has_a_password_or_an_app_is_asked_for_it(client, user):
    user.set_password("eine-lange-parole")
    user.save()
    client = signed_in(user)
    by_password = client.post("/me/keys/new/", ASKED)
    TOTP.activate(user, generate_totp_secret())
    by_app = client.get("/me/keys/new/")

    assert by_password["Location"] == "/login/again/?next=%2Fme%2Fkeys%2Fnew%2F"
    assert by_app.status_code == 302
    assert not Token.objects.exists()

    confirmed = client.post("/login/again/?next=/me/keys/new/", {"password": "eine-lange-parole"}, follow=True)

    assert KEY.search(confirmed.content.decode())  # what was asked for goes on where it was stopped


@pytest.mark.once
def test_others_and_who_looks_with_ones_eyes_see_no_keys(client, user, places, now):
    until = now + timedelta(days=1)
    token = tokens.issue(owner=user, name="मेरी", scopes=["me"], expires_at=until, by=user, now=now)[0]
    other = signed_in(a_colleague(places.state, Role.STATE_OFFICE, now, 2))
    admin = a_colleague(places.state, Role.ADMIN, now, 3)
    looker = signed_in(admin)
    session = looker.session
    viewing.begin(session=session, as_user=user, reason="मदद", by=admin, now=now)
    session.save()

    assert other.post(f"/me/keys/{token.pk}/end/").status_code == 404
    assert "मेरी</h2>" not in other.get("/me/keys/").content.decode()
    assert [looker.get(page).status_code for page in ("/me/keys/", "/me/keys/new/")] == [403, 403]
    assert looker.post(f"/me/keys/{token.pk}/end/").status_code == 403
    assert Token.objects.get().ended_at is None
