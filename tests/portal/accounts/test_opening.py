"""Who gets a sign-in."""

import pytest

from portal import people
from portal.accounts import opening
from portal.models import Event, User


def test_a_sign_in_is_opened_once(db, now):
    person = people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    first = opening.open_for(person=person, now=now)
    again = opening.open_for(person=person, now=now)

    assert first == again == person.user
    assert Event.objects.filter(verb="opened").count() == 1


def test_a_new_sign_in_has_no_password(db, now):
    person = people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    user = opening.open_for(person=person, now=now)

    assert not user.has_usable_password()
    assert user.phone == "+919829012345"


def test_one_phone_opens_one_door(db, now):
    sister = people.know(phone="9829012345", name="सुनीता मीणा", now=now)
    brother = people.know(phone="9829012345", name="सुनीत मीणा", share=1, now=now)
    hers = opening.open_for(person=sister, now=now)

    with pytest.raises(opening.PhoneTaken) as taken:
        opening.open_for(person=brother, now=now)

    assert taken.value.user == hers
    assert User.objects.count() == 1
