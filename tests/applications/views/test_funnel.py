"""The page of the funnel: for those who review, within their own part, and as a file."""

import pytest

from applications.domain import linking
from applications.models import Scan
from applications.models.links import Via
from committees.levels import Role
from tests.factories.desk import a_colleague, an_application

BACKEND = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def address(drive):
    return f"/office/drives/{drive.slug}/funnel"


@pytest.fixture
def filled(drive, places, now):
    link = linking.make_link(drive=drive, via=Via.POSTER, unit=places.sikar, label="=बस", by=None, now=now)
    Scan.objects.create(link=link, day=now.date(), count=1234)
    return [an_application(drive, places.booth, now, number, link=link) for number in range(6)]


@pytest.mark.parametrize("by", ["unit", "via", "link", "day", "hour", "nonsense"])
def test_every_table_has_its_page_with_a_drawing(client, office, address, filled, by):
    client.force_login(office, backend=BACKEND)

    answer = client.get(f"{address}/", {"by": by, "day": "2025-11-10"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title id=" in page
    assert "style=" not in page.replace("<style", "")
    assert page.count('class="bar"') == 8  # seven stages and one day


def test_the_file_has_plain_numbers_and_computes_nothing(client, office, address, filled):
    client.force_login(office, backend=BACKEND)

    lines = client.get(f"{address}.csv", {"by": "link"}).content.decode("utf-8-sig").splitlines()

    assert lines[0] == "कोड,स्कैन,शुरू,जमा हुआ,बुलाए गए,साक्षात्कार,चयन हुआ,नियुक्ति हुई"
    assert lines[1].endswith(",1234,6,6,0,0,0,0")
    assert lines[-1] == "कुल,1234,6,6,0,0,0,0"


def test_nobody_sees_another_part(client, drive, places, address, filled, now):
    client.force_login(a_colleague(places.sikar, Role.INCHARGE, now), backend=BACKEND)

    page = client.get(f"{address}/", {"unit": places.alwar.code}).content.decode()

    assert "<h1>कौन कहाँ तक पहुँचा: सीकर</h1>" in page


def test_strangers_find_no_page(client, drive, places, address, now):
    client.force_login(a_colleague(places.state, Role.RECEPTION, now), backend=BACKEND)

    assert client.get(f"{address}/").status_code == 404
    assert client.get(f"{address}.csv").status_code == 404


@pytest.mark.parametrize("day", ["", "2025-02-30", "x", "9999-12-31", "0001-01-01"])
def test_a_day_that_never_was_harms_nothing(client, office, address, filled, day):
    client.force_login(office, backend=BACKEND)

    assert client.get(f"{address}/", {"by": "hour", "day": day}).status_code == 200


def test_an_empty_drive_says_so(client, office, address):
    client.force_login(office, backend=BACKEND)

    assert "अभी कुछ नहीं" in client.get(f"{address}/").content.decode()
