"""A family fills in on one phone: each one's pages, links and tabs lead to their own draft."""

import re

import pytest

from applications.models import Draft
from tests.applications.views.test_apply import WORK, address
from tests.factories.form import a_draft, phone

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def sisters(client, drive, places, now):
    """Two drafts in this drive, both opened on this phone, the younger one's last."""
    both = []
    for number, name in enumerate(["अनीता", "बबीता"]):
        own = {"name": name, "phone": phone(number), "on_whatsapp": True, "family": False}
        both.append(a_draft(drive, places.booth, now, number, name=own, work=None))
        client.post(f"/resume/?k={both[-1].key}", {"year": "1995"})
    return both


def written_on(page):
    return dict(re.findall(r'name="(draft|opened)" value="([^"]*)"', page))


def test_a_personal_link_opens_the_own_draft_and_not_the_newest_one(client, drive, sisters):
    for draft, name in zip(sisters, ["अनीता", "बबीता"], strict=True):
        client.get(f"/resume/?k={draft.key}")
        assert f'value="{name}"' in client.get(address(drive, "name")).content.decode()


def test_the_list_of_what_was_begun_leads_each_to_the_own_draft(client, sisters):
    page = client.get("/resume/").content.decode()

    assert sorted(re.findall(r"[?]k=(\w+)", page)) == sorted(draft.key for draft in sisters)


def test_a_tab_that_stayed_open_saves_into_its_own_draft(client, drive, sisters):
    elder, younger = sisters
    client.get(f"/resume/?k={elder.key}")
    for _time in range(2):  # the second one comes out of memory
        tab = client.get(address(drive, "work")).content.decode()
    client.get(f"/resume/?k={younger.key}")

    client.post(address(drive, "work"), WORK | written_on(tab))

    assert [("work" in Draft.objects.get(pk=draft.pk).answers) for draft in sisters] == [True, False]
