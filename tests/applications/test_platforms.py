"""Accounts on social media, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import platforms
from applications.platforms import Account, NotALink


@pytest.mark.parametrize(
    ("typed", "platform", "text", "url"),
    [
        ("https://www.instagram.com/sunita/", "Instagram", "instagram.com/sunita", "https://www.instagram.com/sunita/"),
        ("instagram.com/sunita", "Instagram", "instagram.com/sunita", "https://instagram.com/sunita"),
        ("http://m.facebook.com/p?id=7", "Facebook", "facebook.com/p?id=7", "https://m.facebook.com/p?id=7"),
        ("twitter.com/sunita", "X", "twitter.com/sunita", "https://twitter.com/sunita"),
        ("x @sunita", "X", "@sunita", "https://x.com/sunita"),
        ("insta: sunita_m", "Instagram", "@sunita_m", "https://www.instagram.com/sunita_m"),
        ("फेसबुक sunita.meena", "Facebook", "@sunita.meena", "https://www.facebook.com/sunita.meena"),
        ("youtu.be/abc", "YouTube", "youtu.be/abc", "https://youtu.be/abc"),
        (" @sunita ", "", "@sunita", ""),
        ("sunita.blog.example", "", "sunita.blog.example", "https://sunita.blog.example"),
    ],
)
def test_a_link_or_a_name_finds_its_network(typed, platform, text, url):
    assert platforms.recognise(typed) == Account(platform, text, url)


@pytest.mark.parametrize(
    "typed",
    ["", "sunita", "मेरा खाता", "javascript:alert(1)", "ftp://x.com/a", "https://", "https://[", "a b.com", "x" * 300],
)
def test_what_is_neither_is_refused(typed):
    with pytest.raises(NotALink):
        platforms.recognise(typed)


@pytest.mark.parametrize("host", ["notfacebook.com", "facebook.com.example.in", "xx.com"])
def test_a_name_that_only_looks_like_a_network_is_none(host):
    assert platforms.recognise(host).platform == ""


@given(st.text(max_size=80))
def test_an_address_is_always_safe_to_follow(typed):
    try:
        url = platforms.recognise(typed).url
    except NotALink:
        return
    assert url == "" or url.startswith("https://")
