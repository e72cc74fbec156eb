"""The short address behind every QR: who counts, and by which way a device came first and last."""

import pytest

from applications.domain import linking
from applications.models import Scan
from applications.models.links import Via
from applications.views.device import MOST, links_of

pytestmark = pytest.mark.usefixtures("clock")

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
ROBOTS = [
    "WhatsApp/2.23.20.0 A",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "Twitterbot/1.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "TelegramBot (like TwitterBot)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "curl/8.0",
]
PEOPLE = [
    PHONE,
    "Mozilla/5.0 (Linux; Android 9; CUBOT POWER) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
    f"{PHONE} Telegram-Android/11.3.3 (Xiaomi Redmi; Android 10; SDK 29; LOW)",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]",
    "",
]


@pytest.fixture
def ways(drive, now):
    """More ways to the drive than a device remembers."""
    return [linking.make_link(drive=drive, via=Via.POSTER, by=None, now=now) for _nth in range(MOST + 2)]


def scan(client, link, agent=PHONE):
    return client.get(f"/q/{link.code}", headers={"user-agent": agent})


def touches(client, rf, drive):
    """The last and the first way of this device, as an application would keep them."""
    request = rf.get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return links_of(request, drive)


@pytest.mark.parametrize("agent", ROBOTS)
def test_who_only_looks_at_a_link_is_led_on_and_is_no_scan(client, ways, agent):
    answer = scan(client, ways[0], agent)

    assert answer["Location"] == f"/d/pradesh-2025/?q={ways[0].code}"
    assert "came" not in answer.cookies
    assert not Scan.objects.exists()


def test_asking_for_the_head_alone_is_no_scan(client, ways):
    answer = client.head(f"/q/{ways[0].code}", headers={"user-agent": PHONE})

    assert (answer.status_code, "came" in answer.cookies) == (302, False)
    assert not Scan.objects.exists()


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_count_whatever_they_read_in(client, ways, agent):
    assert "came" in scan(client, ways[0], agent).cookies
    assert Scan.objects.get().count == 1


def test_no_answer_of_a_code_is_kept_on_the_way(client, ways):
    assert "no-store" in scan(client, ways[0])["Cache-Control"]


@pytest.mark.parametrize("code", ["ZZZZZ", "7K3QX7K3QX", "क", "%01", "a b"])
def test_an_unknown_code_still_opens_the_drives(client, drive, code):
    assert client.get(f"/q/{code}")["Location"] == "/d/"


def test_a_paused_code_leads_on_is_not_counted_and_is_no_touch(client, rf, drive, ways, now):
    scan(client, ways[0])
    linking.pause(link=ways[1], by=None, now=now)

    assert scan(client, ways[1]).status_code == 302
    assert list(Scan.objects.values_list("link", "count")) == [(ways[0].pk, 1)]
    assert touches(client, rf, drive) == (ways[0], ways[0])


def test_the_first_way_stays_first_however_many_follow(client, rf, drive, ways):
    for link in ways:
        scan(client, link)

    assert touches(client, rf, drive) == (ways[-1], ways[0])


def test_the_same_way_again_is_one_touch_and_two_scans(client, rf, drive, ways):
    for link in (ways[0], ways[1], ways[1]):
        scan(client, link)

    assert touches(client, rf, drive) == (ways[1], ways[0])
    assert sorted(Scan.objects.values_list("count", "devices")) == [(1, 1), (2, 1)]


def test_a_robot_in_between_changes_no_touch(client, rf, drive, ways):
    scan(client, ways[0])
    scan(client, ways[1], ROBOTS[0])

    assert touches(client, rf, drive) == (ways[0], ways[0])


def test_who_never_scanned_came_by_nothing(client, rf, drive):
    assert touches(client, rf, drive) == (None, None)
