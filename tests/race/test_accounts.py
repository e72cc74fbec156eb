"""Many hands at one phone, one door, one code."""

import pytest

from portal import people
from portal.accounts import opening, phone_codes
from portal.models import Person, PhoneCode, User
from tests.portal.accounts.conftest import PHONE, phone
from tests.race.barrier import run_together

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["phone"]


def test_twenty_hands_know_one_person(now):
    known = run_together(20, lambda _number: people.know(phone=PHONE, name="सुनीता मीणा", now=now))

    assert Person.objects.count() == 1
    assert set(known) == {Person.objects.get()}


def test_twenty_hands_open_one_door(now):
    person = people.know(phone=PHONE, name="सुनीता मीणा", now=now)

    opened = run_together(20, lambda _number: opening.open_for(person=person, now=now))

    assert set(opened) == {User.objects.get()}


def test_a_code_pressed_by_twenty_hands_works_once(phone, now):
    phone_codes.ask(phone=PHONE, session="mine", now=now)
    code = phone.code

    right = run_together(20, lambda _number: phone_codes.check(phone=PHONE, session="mine", code=code, now=now))

    assert right.count(True) == 1
    assert right.count(False) == 19


def test_forty_guesses_at_one_moment_are_five(phone, now):
    phone_codes.ask(phone=PHONE, session="mine", now=now)

    run_together(40, lambda number: phone_codes.check(phone=PHONE, session="mine", code=f"{number:06}", now=now))

    assert PhoneCode.objects.get().tries == 5
