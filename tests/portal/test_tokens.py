"""Keys for programs: shown once, never wider than their owner, over when they are ended."""

from datetime import timedelta

import pytest

from portal import audit, tokens
from portal.accounts import opening
from portal.models import Token
from tests.factories.committees import make_person

DAY = timedelta(days=1)


@pytest.fixture
def owner(db, now):
    return opening.open_for(person=make_person(now), now=now)


def make(owner, now, name="बोर्ड", scopes=("units",), lasts=DAY):
    return tokens.issue(owner=owner, name=name, scopes=scopes, expires_at=now + lasts, by=owner, now=now)


def test_a_key_is_given_once_and_only_its_digest_is_kept(owner, now):
    token, key = make(owner, now, scopes=["units", "me"])

    kept = str(Token.objects.values().get())
    assert (key.startswith("srijan_"), len(key)) == (True, 50)
    assert key not in kept
    assert key.removeprefix("srijan_") not in kept
    assert (token.scopes, tokens.find(key=key, now=now)) == (["units", "me"], token)
    assert [(event.verb, event.by, event.data["scopes"]) for event in audit.history(token)] == [
        ("made a key", owner, ["units", "me"])
    ]


def test_it_opens_until_its_time_is_over_or_its_owner_ends_it(owner, now):
    token, key = make(owner, now)
    other = make(owner, now, name="दूसरी")[1]

    tokens.end(token=token, by=owner, now=now)
    tokens.end(token=token, by=owner, now=now + DAY)

    token.refresh_from_db()
    assert token.ended_at == now
    assert [event.verb for event in audit.history(token)] == ["made a key", "ended a key"]
    assert tokens.find(key=key, now=now) is None
    assert tokens.find(key=other, now=now + DAY - timedelta(seconds=1)) is not None
    assert tokens.find(key=other, now=now + DAY) is None


@pytest.mark.parametrize("said", ["", "srijan_", "x" * 5000, "नहीं", "\x00", "\udcff"])
def test_what_is_no_key_finds_nobody(owner, now, said):
    make(owner, now)

    assert tokens.find(key=said, now=now) is None


def test_a_shut_sign_in_shuts_its_keys(owner, now):
    key = make(owner, now)[1]

    opening.let_in(user=owner, active=False, by=None, now=now)

    assert tokens.find(key=key, now=now) is None


def test_when_it_was_used_is_written_once_a_minute(owner, now, django_assert_num_queries):
    token, key = make(owner, now)
    soon, later = now + timedelta(seconds=59), now + timedelta(seconds=60)

    with django_assert_num_queries(2):
        tokens.find(key=key, now=now)
    with django_assert_num_queries(1):
        tokens.find(key=key, now=soon)
    token.refresh_from_db()
    assert token.used_at == now

    tokens.find(key=key, now=later)
    token.refresh_from_db()
    assert token.used_at == later


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"scopes": []}, {"scopes": ["admin"]}, {"lasts": timedelta(0)}, {"lasts": timedelta(days=366)}],
    ids=str,
)
def test_a_key_without_sense_is_not_made(owner, now, wrong):
    with pytest.raises(tokens.UnfitKey):
        make(owner, now, **wrong)

    assert not Token.objects.exists()


def test_a_name_is_free_again_when_its_key_is_over_and_twenty_are_enough(owner, now):
    token = make(owner, now)[0]
    with pytest.raises(tokens.NameTaken):
        make(owner, now)

    tokens.end(token=token, by=owner, now=now)
    for number in range(tokens.MOST):
        make(owner, now, name=f"{number}")

    with pytest.raises(tokens.EnoughKeys):
        make(owner, now)
