"""The same step in two tabs, the same press twenty times: nothing is lost and nothing is doubled."""

import json

import pytest
from django.test import Client

from applications.models import Application, Draft
from tests.applications.views.test_apply import NAME, SOCIAL, WORK, address, fill, submit

pytestmark = pytest.mark.usefixtures("clock")


def test_two_tabs_show_both_texts_and_nothing_is_lost(client, drive, places):
    fill(client, drive, places, until="social")
    page = client.get(address(drive, "work")).content.decode()
    opened = page.partition('name="opened" value="')[2].partition('"')[0]
    client.post(address(drive, "work"), WORK | {"work": "पहले टैब का काम", "opened": opened})

    answer = client.post(address(drive, "work"), WORK | {"work": "दूसरे टैब का काम", "opened": opened})
    both = answer.content.decode()
    unchanged = Draft.objects.get().answers["work"]["work"]
    fresh = both.partition('name="opened" value="')[2].partition('"')[0]
    again = client.post(address(drive, "work"), WORK | {"work": "दूसरे टैब का काम", "opened": fresh})

    assert answer.status_code == 409
    assert "पहले टैब का काम" in both
    assert "दूसरे टैब का काम" in both
    assert unchanged == "पहले टैब का काम"
    assert again.status_code == 302
    assert Draft.objects.get().answers["work"]["work"] == "दूसरे टैब का काम"


def test_the_same_text_from_two_tabs_is_no_quarrel(client, drive, places):
    fill(client, drive, places, until="work")
    twice = [client.post(address(drive, "work"), WORK | {"opened": ""}).status_code for _press in range(2)]

    assert twice == [302, 302]


def test_two_tabs_on_an_application_show_both_texts_too(client, drive, places):
    fill(client, drive, places)
    submit(client, drive)
    change = f"/a/{Application.objects.get().ref}/change/social/"
    opened = client.get(change).content.decode().partition('name="opened" value="')[2].partition('"')[0]
    client.post(change, SOCIAL | {"link2": "", "opened": opened})

    answer = client.post(change, {"link1": "x @anita", "opened": opened})

    assert answer.status_code == 409
    assert "instagram.com/sunita" in json.dumps(Application.objects.get().links)


def test_pressing_continue_on_the_first_page_twenty_times_begins_one_draft(drive, places):
    page = Client().get(address(drive, "name")).content.decode()
    secret = page.partition('name="page" value="')[2].partition('"')[0]

    for _press in range(20):
        Client().post(address(drive, "name"), NAME | {"page": secret, "opened": ""})

    assert len(secret) > 16
    assert Draft.objects.count() == 1
