"""The page of a drive is given at the door, and is the same page."""

import pytest

pytestmark = pytest.mark.usefixtures("clock")


def test_the_door_gives_the_very_page_of_the_long_way_and_only_to_strangers(client, drive, django_assert_num_queries):
    address = f"/d/{drive.slug}/"
    first = client.get(address)
    with django_assert_num_queries(0):
        again = client.get(address)
    client.cookies["messages"] = "something was said"
    known = client.get(address)

    assert {**again.headers, "Content-Security-Policy": ""} == {**first.headers, "Content-Security-Policy": ""}
    assert again.headers["Content-Security-Policy"] != first.headers["Content-Security-Policy"]
    assert again.content.decode().split("nonce=")[0] == first.content.decode().split("nonce=")[0]
    assert [answer.context is None for answer in (again, known)] == [True, False]


def test_what_changed_is_not_given_at_the_door(client, drive):
    address = f"/d/{drive.slug}/"
    client.get(address)
    drive.title_hi = "नया नाम"
    drive.save()

    page = client.get(address)

    assert "नया नाम" in page.content.decode()
