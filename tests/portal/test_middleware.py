"""Addresses that are none of ours get words, not a crash."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/units/search/?q=a%00b", "/d/%00/", "/v/%00", "/?next=%00"])
def test_a_null_byte_in_an_address_is_not_found(client, address):
    page = client.get(address)

    assert page.status_code == 404
    assert "यह पेज नहीं मिला" in page.content.decode()


@pytest.mark.parametrize("address", ["/d/", "/me/", "/login/"])
def test_a_null_byte_in_a_cookie_is_no_session(client, address):
    """Browsers cannot send one; a program can, quoted as the old rules of cookies allow."""
    page = client.get(address, headers={"cookie": 'sessionid="aaaaaaaaaaaaaaaa\\000"'})

    assert page.status_code == 200
