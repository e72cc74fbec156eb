"""Where one goes after signing in: never to another site."""

import pytest

from portal.accounts.adapter import AccountAdapter
from tests.portal.accounts.conftest import PHONE

EVIL = """
https://evil.example
http://evil.example
HTTPS://EVIL.EXAMPLE/login
//evil.example
///evil.example
////evil.example/path
/\\evil.example
\\\\evil.example
/\\/evil.example
\\/evil.example
https:evil.example
https:/evil.example
http:///evil.example
https:\\\\evil.example
//evil.example%2f@testserver
https://testserver@evil.example
https://testserver:80@evil.example
https://testserver.evil.example
https://evil.example/testserver
https://evil.example?testserver
https://evil.example#testserver
http://testserver
http://testserver/units/
//testserver/units/
javascript:alert(1)
JavaScript:alert(1)
java%0ascript:alert(1)
data:text/html,evil
vbscript:evil
ftp://evil.example
file:///etc/passwd
blob:https://evil.example/x
mailto:a@evil.example
evil.example
www.evil.example
.evil.example
@evil.example
?next=https://evil.example
#https://evil.example
https://[::1]@evil.example
http://①②③.example
//evil。example
https://evil.example\t/
\thttps://evil.example
\x08//evil.example
""".strip("\n").split("\n")
OWN = ["/units/", "/units/sikar/?page=2", "/en/units/", "/d/pradesh-2025/#top"]


@pytest.mark.parametrize("url", EVIL)
def test_no_door_leads_out(url):
    assert len(EVIL) >= 40
    assert AccountAdapter().is_safe_url(url) is False


@pytest.mark.parametrize("url", OWN)
def test_pages_of_this_site_may_follow(url):
    assert AccountAdapter().is_safe_url(url) is True


@pytest.mark.parametrize("url", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_ends_at_home_instead(client, user, phone, url):
    client.post(f"/login/?next={url}", {"phone": PHONE, "next": url})

    answer = client.post(f"/login/code/?next={url}", {"code": phone.code, "next": url})

    assert answer.url == "/"


def test_signing_in_ends_where_one_wanted_to_go(client, user, phone):
    asked = client.post("/login/", {"phone": PHONE, "next": "/units/?page=2"})

    answer = client.post(asked.url, {"code": phone.code})

    assert answer.url == "/units/?page=2"


def test_logging_out_does_not_lead_out_either(client, user):
    client.force_login(user)

    assert client.post("/logout/", {"next": "https://evil.example"}).url == "/"


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"host": "testserver.evil.example"}])
def test_a_foreign_host_is_refused(client, db, headers):
    assert client.get("/login/", headers=headers).status_code == 400


def test_a_forwarded_host_counts_for_nothing(client, db):
    page = client.get("/login/", headers={"x-forwarded-host": "evil.example"})

    assert page.status_code == 200
    assert "evil.example" not in page.content.decode()
