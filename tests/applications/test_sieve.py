from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from applications.domain import tagging
from applications.models import Application, Criterion, ImportBatch, Reading, ReadingMark, ShareLink
from applications.sieve import Sieve
from applications.sieve.form import SieveForm
from applications.states import Reason, Status
from committees.levels import Role
from tests.factories.desk import a_colleague, a_drive, an_application
from tests.often import often


@pytest.fixture
def women(places, now):
    """A drive that asks for representation."""
    return a_drive(places.state, now, slug="mahila", asks_representation=True)


@pytest.fixture
def pile(drive, women, places, office, now):
    """One of each kind: a row is found by its number."""
    link = ShareLink.objects.create(code="7K3QX", drive=drive, via="poster", made_at=now)
    batch = ImportBatch.objects.create(drive=drive, code="B4T7", file_name="x.xlsx", by=office, uploaded_at=now)
    kinds = [
        {"unit": places.booth, "link": link, "serve_level": "booth", "followers": "2k-10k"},
        {"unit": places.mandal, "writing": "", "links": [{"platform": "X", "text": "@r", "url": ""}]},
        {"unit": places.ramgarh, "entered_by": office, "considers_below": True},
        {"unit": places.ramgarh, "batch": batch, "place_note": "ढाणी", "status": Status.WAITING},
        {"unit": places.booth, "status": Status.NOT_SELECTED, "reason_code": Reason.NO_ROOM},
        {"unit": places.booth, "status": Status.MERGED},
        {"unit": places.booth, "drive": women, "gender": "W", "social_group": "ST", "birth_year": 2001},
        {"unit": places.booth, "pencilled": Status.WAITING, "pencilled_by": office, "pencilled_at": now},
    ]
    rows = [an_application(number=n, now=now, **({"drive": drive} | kind)) for n, kind in enumerate(kinds)]
    tagging.tag(applications=[rows[0]], name="वक्ता", by=office, now=now)
    return rows


def found(query, user, pile):
    keys = {row.pk: number for number, row in enumerate(pile)}
    return sorted(keys[pk] for pk in Sieve(query, user=user).rows.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [0, 1, 2, 3, 4, 6, 7]),
        ("district=sikar&assembly=34&block=reengus&mandal=palsana", [0, 1, 4, 6, 7]),
        ("drive=mahila&group=ST&gender=W&age=25", [6]),
        ("group=ST", [0, 1, 2, 3, 4, 6, 7]),
        ("has=writing&has=links", []),
        ("has=links", [1]),
        ("via=poster", [0]),
        ("link=7k3qx", [0]),
        ("tag=वक्ता", [0]),
        ("level=booth", [0]),
        ("followers=2k-10k", [0]),
        ("how=assisted", [2]),
        ("how=imported", [3]),
        ("how=own&status=SUBMITTED", [0, 1, 6, 7]),
        ("batch=b4t7", [3]),
        ("below=on", [2]),
        ("lost=on", [3]),
        ("reason=NO_ROOM", [4]),
        ("pencil=yes", [7]),
        ("pencil=WAITING", [7]),
        ("pencil=no", [0, 1, 2, 3, 4, 6]),
        ("status=MERGED", [5]),
        ("since=2025-11-10&until=2025-11-10", [0, 1, 2, 3, 4, 6, 7]),
        ("since=2025-11-11", []),
        ("score=unread", [0, 1, 2, 3, 4, 6, 7]),
    ],
)
def test_each_filter_keeps_its_rows(office, pile, query, numbers):
    assert found(query, office, pile) == numbers


def test_every_booth_stands_below_its_mandal(office, pile, places):
    slug = places.booth.path.rpartition("/")[2]
    chain = f"district=sikar&assembly=34&block=reengus&mandal=palsana&booth={slug}"

    assert found(chain, office, pile) == [0, 4, 6, 7]
    assert Sieve(chain.replace("palsana", "elsewhere"), user=office).misread == ["मंडल", "बूथ"]


def test_an_in_charge_chooses_below_the_own_district_and_sees_no_other(pile, places, now):
    incharge = a_colleague(places.sikar, Role.INCHARGE, now, number=5)

    assert found("assembly=34", incharge, pile) == [0, 1, 4, 6, 7]
    assert found("district=sikar", incharge, pile) == [0, 1, 4, 6, 7]
    elsewhere = Sieve("district=alwar", user=incharge)
    assert (elsewhere.misread, found("district=alwar", incharge, pile)) == (["जिला"], [0, 1, 4, 6, 7])


def test_marks_of_readers_stay_hidden_from_a_reader_who_has_still_to_read(drive, pile, office, places, now):
    criterion = Criterion.objects.filter(drive=drive).first()
    reader = a_colleague(places.state, Role.STATE_OFFICE, now, number=3)
    reading = Reading.objects.create(application=pile[0], reader=reader, given_at=now, read_at=now)
    ReadingMark.objects.create(reading=reading, criterion=criterion, mark=4)
    Reading.objects.create(application=pile[0], reader=office, given_at=now)

    assert found("score=4", reader, pile) == [0]
    assert found("score=4", office, pile) == []
    assert [row.score for row in Application.objects.filter(pk=pile[0].pk).with_score(office)] == [None]
    assert [row.ref for row in Sieve("sort=score", user=reader).in_order] == [pile[0].ref]


def test_counts_say_who_is_in_pencil_too(office, pile):
    counted = Sieve("status=WAITING", user=office).counted

    assert counted == {
        Status.SUBMITTED: (5, 1),
        Status.WAITING: (1, 0),
        Status.NOT_SELECTED: (1, 0),
        Status.MERGED: (1, 0),
    }


VALUES = st.one_of(
    st.sampled_from(["", "sikar", "34", "SUBMITTED", "yes", "on", "2025-11-10", "0001-01-01", "9999-12-31", "unread"]),
    st.text(max_size=200),
)


@pytest.mark.postgres  # which takes less than SQLite does
@given(asked=st.dictionaries(st.sampled_from([*SieveForm.base_fields, "page", "seen", "part"]), VALUES, max_size=6))
@often(30, deadline=timedelta(seconds=5))
def test_no_address_breaks_the_desk(pile, office, asked):
    client = Client()
    client.force_login(office, backend="portal.accounts.backend.DoorBackend")

    codes = [
        client.get("/office/applications/", asked).status_code,
        client.get("/office/applications/newer/", asked).status_code,
        client.get(f"/office/applications/{pile[0].ref}/", asked).status_code,
        client.get("/office/applications/export/", asked).status_code,
        client.post("/office/applications/move/", {"to": "WAITING", "everyone": "1"} | asked).status_code,
    ]

    refused_unread = {400, 404} if "\x00" in str(list(asked.values())).replace("\\x00", "\x00") else set()
    assert set(codes) <= {200, 302} | refused_unread


def test_an_address_says_again_what_was_understood(office, pile):
    sieve = Sieve(QueryDict("district=sikar&nonsense=1&has=photo&has=links&page=3&score=9"), user=office)

    assert sieve.address == "district=sikar&has=photo&has=links"
    assert Sieve(sieve.address, user=office).answers == sieve.answers
