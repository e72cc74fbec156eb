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


@pytest.mark.once
@pytest.mark.parametrize("address", ["/en//elsewhere.example/", "/en/%2Felsewhere.example/"])
def test_the_other_language_is_never_on_another_host(client, address):
    page = client.get(address).content.decode()

    assert '<a href="/%2Felsewhere.example/" lang="hi"' in page
    assert '"//' not in page
