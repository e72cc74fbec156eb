"""A person is known once."""

import pytest

from portal import folding, people
from portal.models import Person
from portal.phones import BadPhone


@pytest.mark.parametrize("phone", ["9829012345", "+91 98290 12345", "०९८२९०१२३४५", "098290-12345"])
def test_every_spelling_of_a_number_is_one_person(db, now, phone):
    first = people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    again = people.know(phone=phone, name="सुनीता मीणा", now=now)

    assert again == first
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["Sunita Meena", "  सुनीता   मीणा ", "sunita mina"])
def test_another_spelling_of_the_name_is_the_same_person_and_changes_nothing(db, now, name):
    people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    again = people.know(phone="9829012345", name=name, email="new@example.org", now=now)

    assert (again.name, again.email) == ("सुनीता मीणा", "")


@pytest.mark.parametrize("name", ["सुनीत मीणा", "रमेश मीणा", "Ramesh"])
def test_a_brother_on_the_phone_is_not_taken_for_the_sister(db, now, name):
    sister = people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    with pytest.raises(people.AnotherName) as found:
        people.know(phone="9829012345", name=name, now=now)

    assert found.value.person == sister
    assert Person.objects.count() == 1


def test_a_declared_family_member_is_a_person_of_their_own(db, now):
    people.know(phone="9829012345", name="सुनीता मीणा", now=now)

    brother = people.know(phone="9829012345", name="सुनीत मीणा", share=1, now=now)

    assert (brother.share, Person.objects.count()) == (1, 2)


def test_a_name_is_cleaned_and_findable_in_both_scripts(db, now):
    person = people.know(phone="9829012345", name=" सुनीता\u200b  मीणा ", now=now)

    assert person.name == "सुनीता मीणा"
    assert folding.key("Sunita") in person.name_key.split()


def test_a_number_that_is_none_makes_nobody(db, now):
    with pytest.raises(BadPhone):
        people.know(phone="12345", name="सुनीता मीणा", now=now)

    assert not Person.objects.exists()
