"""Doubles are looked at side by side; two colleagues make them one."""

import pytest

from applications.domain import merging
from applications.models import Merge, NotTheSame
from applications.states import Status
from applications.views import doubles
from committees.levels import Role
from tests.factories.desk import a_colleague, a_drive, an_application

DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def two(drive, places, now):
    same = {"name": "सुनीता मीणा", "birth_year": 1995}
    one = an_application(drive, places.booth, now, 1, **same)
    two = an_application(drive, places.mandal, now, 2, **same, writing="लंबा लेख " * 20)
    an_application(drive, places.ramgarh, now, 3, name="कमला गोयल")
    return one, two


@pytest.fixture
def second(places, now):
    return a_colleague(places.state, Role.STATE_OFFICE, now, 5, "दूसरे साथी")


def signed_in(client, user):
    client.force_login(user, backend=DOOR)
    return client


def page_of(one, two):
    return f"/office/doubles/{one.ref}/{two.ref}/"


def test_the_list_gives_reasons_and_counts(client, office, two):
    page = signed_in(client, office).get("/office/doubles/")

    assert [(one, other, list(map(str, why))) for one, other, why in page.context["rows"]] == [
        (*two, ["नाम, जन्म वर्ष और जगह समान"])
    ]
    assert [n for _why, _words, n in page.context["counts"]] == [0, 1, 0, 0]
    assert list(client.get("/office/doubles/?why=photo").context["rows"]) == []


def test_the_fuller_one_is_proposed_and_differences_are_marked(client, office, two):
    page = signed_in(client, office).get(page_of(*two))

    assert page.context["fuller"] == two[1].ref
    assert [row[0] for row in page.context["rows"] if row[-1]] == ["place", "writing"]


def test_one_proposes_another_agrees_and_it_can_be_undone(client, office, second, two):
    one, other = two
    address = page_of(one, other)
    signed_in(client, office).post(address, {"do": "merge", "kept": one.ref, "writing": other.ref, "place": one.ref})
    client.post(address, {"do": "agree"})
    assert Merge.objects.get().agreed_at is None

    signed_in(client, second).post(address, {"do": "agree"})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (other.status, other.merged_into, one.writing == other.writing, one.unit == other.unit) == (
        Status.MERGED, one, True, False,
    )  # fmt: skip
    assert list(client.get("/office/doubles/").context["rows"]) == []

    client.post(address, {"do": "undo"})
    other.refresh_from_db()
    assert (other.status, other.merged_into) == (Status.SUBMITTED, None)


def test_two_people_are_not_suggested_again(client, office, two):
    signed_in(client, office).post(page_of(*two), {"do": "differ"})

    assert NotTheSame.objects.count() == 1
    assert list(client.get("/office/doubles/").context["rows"]) == []


def test_a_district_proposes_what_the_state_decides(client, two, places, now):
    incharge = a_colleague(places.sikar, Role.INCHARGE, now, 6)
    signed_in(client, incharge).post(page_of(*two), {"do": "merge", "kept": two[0].ref})
    assert Merge.objects.get().asked_by == incharge

    Merge.objects.update(asked_by=a_colleague(places.state, Role.STATE_OFFICE, now, 7))
    assert client.post(page_of(*two), {"do": "agree"}).status_code == 404


def test_elsewhere_they_do_not_exist(client, two, places, now):
    signed_in(client, a_colleague(places.alwar, Role.INCHARGE, now, 6))

    assert client.get(page_of(*two)).status_code == 404
    assert client.get(page_of(two[0], two[0])).status_code == 404
    assert list(client.get("/office/doubles/").context["rows"]) == []


def test_the_page_of_one_application_names_its_doubles(office, second, two, now):
    one, other = two
    assert [row for row, _why in doubles.of(one, office)["doubles"]] == [other]

    merge = merging.propose(kept=one, folded=other, taken=[], by=office, now=now)
    merging.agree(merge=merge, by=second, now=now)

    assert list(doubles.of(one, office)["folded"]) == [merge]
    other.refresh_from_db()
    assert doubles.of(other, office)["into"] == merge


def test_other_drives_are_shown_as_far_as_the_colleague_may_read(client, office, places, two, now):
    one = two[0]
    same = {"name": one.name, "birth_year": one.birth_year, "phone": one.phone}
    state, alwar = (a_drive(unit, now, slug=slug) for unit, slug in ((places.state, "d-1"), (places.alwar, "d-2")))
    there = an_application(state, places.booth, now, 7, **same, status=Status.NOT_SELECTED)
    far = an_application(alwar, places.ramgarh, now, 8, **same)
    incharge = a_colleague(places.sikar, Role.INCHARGE, now, 9, "जिला साथी")

    seen = {}
    for user in (office, incharge):
        page = signed_in(client, user).get(f"/office/applications/{one.ref}/")
        seen[user] = [row for row, _reasons in page.context["elsewhere"]]
    told = page.content.decode().partition("दूसरे अभियानों में")[2]

    assert seen == {office: [far, there], incharge: [there]}
    assert ("चयन नहीं हुआ" in told, far.ref in page.content.decode()) == (True, False)
