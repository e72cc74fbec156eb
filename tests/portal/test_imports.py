import pytest
from tablib import Dataset

from portal import people
from portal.imports import PersonResource
from portal.models import Person

HEADERS = ["name", "phone", "share", "email", "birth_year", "language"]


def imported(*rows, dry_run=False):
    data = Dataset(*rows, headers=HEADERS)
    return PersonResource().import_data(data, dry_run=dry_run, raise_errors=False)


SUNITA = ["सुनीता मीणा", "98290 12345", "", "sunita@example.org", "1995", "hi"]


@pytest.mark.django_db
def test_people_come_in_by_the_one_way_they_become_known():
    result = imported(SUNITA, ["मोहन लाल", "९८२९०१२३४५", "1", "", "", ""])

    assert not result.has_errors()
    known = Person.objects.order_by("share").values_list("name", "phone", "share", "birth_year", "language")
    assert list(known) == [
        ("सुनीता मीणा", "+919829012345", 0, 1995, "hi"),
        ("मोहन लाल", "+919829012345", 1, None, "hi"),
    ]
    assert Person.objects.first().name_key != ""


@pytest.mark.django_db
def test_the_same_file_twice_adds_nobody():
    imported(SUNITA)
    again = imported(SUNITA)

    assert not again.has_errors()
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_dry_run_adds_nobody():
    assert not imported(SUNITA, dry_run=True).has_errors()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_one_bad_row_keeps_everyone_out_and_is_told():
    result = imported(SUNITA, ["मोहन लाल", "98290", "", "", "", ""])

    [(row, [error])] = result.row_errors()
    assert (row, str(error.error)) == (2, "मोबाइल नंबर 10 अंकों का होना चाहिए और 6, 7, 8 या 9 से शुरू हो")
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_number_known_under_another_name_is_told(now):
    people.know(phone="9829012345", name="कविता शर्मा", now=now)

    result = imported(SUNITA)

    [(_row, [error])] = result.row_errors()
    assert "कविता शर्मा" in str(error.error)
    assert Person.objects.get().name == "कविता शर्मा"


@pytest.mark.django_db
def test_what_goes_out_is_masked_and_no_formula(now):
    people.know(phone="9829012345", name="=HYPERLINK(1)", now=now)

    [row] = PersonResource().export().dict

    assert row["phone"] == "98••• ••345"
    assert row["name"] == "'=HYPERLINK(1)"
