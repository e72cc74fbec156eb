"""Doubles are suggested with reasons, and never those that somebody told apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.domain import duplicates
from applications.domain.duplicates import Pair, Why
from applications.models import Application, Photo
from applications.states import Status
from tests.factories.desk import a_drive, an_application

INSTA = [{"platform": "Instagram", "text": "instagram.com/sunita.m", "url": "https://instagram.com/sunita.m"}]


@pytest.fixture
def someone(drive, places, now):
    """Makes an application; each is unlike the others unless told."""
    made = []

    def make(name=None, **fields):
        number = len(made)
        fields.setdefault("birth_year", 1960 + number)
        unit = fields.pop("unit", places.booth)
        name = name or f"{'कखगघचछजझटठ'[number]}मल {'तथदधनपफबभम'[number]}राम"
        made.append(an_application(fields.pop("drive", drive), unit, now, number, name=name, **fields))
        return made[-1]

    return make


def suggested():
    return duplicates.pairs(Application.objects.all())


def a_photo(sign, now):
    return Photo.objects.create(image=b"RIFF", width=3, height=4, made_at=now, fingerprint=sign)


def test_people_who_have_nothing_in_common_are_no_doubles(someone):
    for _ in range(5):
        someone()

    assert suggested() == []


def test_a_name_in_two_scripts_with_year_and_mandal(someone, places):
    first, second = (
        someone("सुनीता मीणा", birth_year=1995),
        someone("Suneeta Meena", birth_year=1995, unit=places.mandal),
    )
    someone("सुनीता मीणा", birth_year=1994)
    someone("सुनीता मीणा", birth_year=1995, unit=places.ramgarh)
    someone("सोनाथी मैना", birth_year=1995)

    assert suggested() == [Pair(first.pk, second.pk, [Why.NAME])]


def test_a_number_an_account_and_a_photo(someone, now):
    first = someone(links=INSTA, photo=a_photo("f0f0f0f0aaaa5555", now))
    same_phone = someone(phone=first.phone, share=1)
    same_account = someone(links=[{"platform": "Instagram", "text": "@Sunita.M", "url": ""}])
    alike = someone(photo=a_photo("f0f0f0f3aaa85554", now))  # four signs differ
    someone(photo=a_photo("f0f0f0f3aaa8554b", now))  # more

    assert {pair for pair in map(str, suggested()) if f"first={first.pk}" in pair} == {
        str(Pair(first.pk, same_phone.pk, [Why.PHONE])),
        str(Pair(first.pk, same_account.pk, [Why.HANDLE])),
        str(Pair(first.pk, alike.pk, [Why.PHOTO])),
    }


@pytest.mark.parametrize("where", range(64))
def test_wherever_two_photos_differ_in_four_signs_they_are_found(someone, now, where):
    sign = 0x123456789ABCDEF0
    other = sign ^ sum(1 << (where + step) % 64 for step in (0, 13, 26, 40))
    first, second = someone(photo=a_photo(f"{sign:016x}", now)), someone(photo=a_photo(f"{other:016x}", now))

    assert suggested() == [Pair(first.pk, second.pk, [Why.PHOTO])]


def test_more_reasons_come_first(someone):
    one = someone("सुनीता मीणा", birth_year=1995)
    someone(phone=one.phone, share=1)
    twin = someone("सुनीता मीणा", birth_year=1995, phone=one.phone, share=2)

    assert suggested()[0] == Pair(one.pk, twin.pk, [Why.NAME, Why.PHONE])


def test_neither_another_drive_nor_who_is_gone(someone, places, now):
    first = someone(links=INSTA)
    someone(links=INSTA, drive=a_drive(places.state, now, "other"))
    someone(links=INSTA, status=Status.WITHDRAWN)
    someone(links=INSTA, status=Status.MERGED)

    assert suggested() == []
    assert duplicates.pairs_of(first, Application.objects.all()) == []


def test_who_was_told_apart_is_not_suggested_again(someone, office, now):
    first, second = someone(links=INSTA), someone(links=INSTA)

    duplicates.tell_apart(one=second, other=first, by=office, now=now)
    duplicates.tell_apart(one=first, other=second, by=office, now=now)

    assert suggested() == []


def test_one_application_has_the_same_doubles_as_the_whole_pile(someone, now):
    first = someone("सुनीता मीणा", birth_year=1995, links=INSTA, photo=a_photo("f0f0f0f0aaaa5555", now))
    someone("Sunita Meena", birth_year=1995)
    someone(links=INSTA)
    someone(photo=a_photo("f0f0f0f0aaaa5554", now))
    someone(phone=first.phone, share=1)
    someone()

    assert duplicates.pairs_of(first, Application.objects.all()) == suggested()
    assert len(suggested()) == 4


def test_two_queries_for_any_pile(someone):
    for _ in range(4):
        someone(links=INSTA)

    with CaptureQueriesContext(connection) as queries:
        found = suggested()

    assert (len(found), len(queries)) == (6, 2)


def test_the_same_person_in_another_drive_is_found_with_reasons(someone, places, now):
    earlier = a_drive(places.state, now, slug="pradesh-2024")
    who = {"name": "सुनीता मीणा", "birth_year": 1995}
    here = someone(**who, phone="+919829077777")
    both = someone(**who, phone="+919829077777", drive=earlier, unit=places.mandal)
    by_name = someone("Suneeta Meena", birth_year=1995, drive=a_drive(places.state, now, slug="pradesh-2023"))
    brother = someone(phone="+919829077777", drive=earlier, share=1)
    someone("सुनीता मीणा", birth_year=1995, unit=places.ramgarh, drive=earlier)
    someone(**who, phone="+919829077777", drive=earlier, share=2, status=Status.MERGED)
    someone(**who)

    found = duplicates.elsewhere(here, Application.objects.all())

    assert found == [(brother, [Why.PHONE]), (by_name, [Why.NAME]), (both, [Why.NAME, Why.PHONE])]
