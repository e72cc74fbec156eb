from itertools import product

import pytest

from applications import access
from applications.models import Application
from applications.states import Status
from committees.levels import Role
from tests.factories.desk import a_colleague, a_drive, an_application


@pytest.fixture
def incharge(places, now):
    return a_colleague(places.sikar, Role.INCHARGE, now, number=5)


def test_the_list_and_the_single_page_offer_the_same_moves(drive, places, office, incharge, now):
    own = a_drive(places.sikar, now, slug="sikar-2025", interviews=False)
    rows = [
        an_application(of, places.booth, now, number, status=status)
        for number, (of, status) in enumerate(product([drive, own], Status))
    ]

    for user, row in product([office, incharge], rows):
        one = {to for to in access.OFFERED if Application.objects.filter(pk=row.pk).movable(user=user, to=to)}
        assert set(access.moves(row, user=user)) == one, (row.status, row.drive.slug)


def test_an_in_charge_shortlists_for_the_state_but_decides_only_in_drives_of_their_own(drive, places, incharge, now):
    own = a_drive(places.sikar, now, slug="sikar-2025", interviews=False)
    for_state = an_application(drive, places.booth, now, 1)
    for_sikar = an_application(own, places.booth, now, 2)

    assert access.moves(for_state, user=incharge) == [Status.SHORTLISTED]
    assert access.moves(for_sikar, user=incharge) == [
        Status.SHORTLISTED,
        Status.SELECTED,
        Status.WAITING,
        Status.NOT_SELECTED,
    ]


def test_where_there_are_interviews_the_desk_selects_nobody(drive, places, office, now):
    application = an_application(drive, places.booth, now, status=Status.SHORTLISTED)

    assert access.moves(application, user=office) == [Status.WAITING, Status.NOT_SELECTED, Status.SUBMITTED]


def test_an_in_charge_carries_drives_from_above_and_below_but_not_from_next_door(drive, places, incharge, now):
    own = a_drive(places.danta, now, slug="danta-2025")
    a_drive(places.alwar, now, slug="alwar-2025")

    assert set(access.drives_to_share(incharge, [places.sikar])) == {drive, own}
