"""The first administrator."""

import pytest
from django.core.management import CommandError, call_command

from committees import access
from committees.access import Right
from committees.models import Unit
from portal.models import Person, User


def make_admin(*arguments):
    call_command("make_admin", *arguments)


def test_an_empty_installation_gets_units_posts_and_an_administrator(db, capsys):
    make_admin("98290 12345", "सुनीता मीणा")

    user = User.objects.get(phone="+919829012345")
    assert access.may(user, Right.ADMINISTER)
    assert Unit.objects.filter(level="district").count() == 41
    assert "सुनीता मीणा is an administrator now" in capsys.readouterr().out


def test_again_changes_nothing(units, capsys):
    make_admin("9829012345", "सुनीता मीणा")

    make_admin("9829012345", "सुनीता मीणा")

    assert "is an administrator already" in capsys.readouterr().out
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("98290", "सुनीता मीणा"), "not a mobile number"),
        (("9829012345", " "), "Give the name"),
        (("9829012345", "रमेश चौधरी"), "belongs to सुनीता मीणा"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(units, now, arguments, words):
    make_admin("9829012345", "सुनीता मीणा")
    before = (Person.objects.count(), User.objects.count())

    with pytest.raises(CommandError, match=words):
        make_admin(*arguments)

    assert (Person.objects.count(), User.objects.count()) == before


def test_two_seats_hold_two_administrators(units):
    make_admin("9829012341", "सुनीता मीणा")
    make_admin("9829012342", "रमेश चौधरी")

    with pytest.raises(CommandError, match="seats are taken"):
        make_admin("9829012343", "अनिता शर्मा")

    assert not Person.objects.filter(phone="+919829012343").exists()
