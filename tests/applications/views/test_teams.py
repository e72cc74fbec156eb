"""The poster of a committee: of whom, for whom, and why there is none."""

from io import BytesIO

import pytest
from PIL import Image

from applications.posters import team
from committees.domain import seats, showing
from committees.models import Appointment
from portal import organisation
from portal.accounts import opening
from tests.applications.poster_samples import read
from tests.factories.committees import make_holder, make_person, make_tree, make_user

pytestmark = pytest.mark.usefixtures("clock")

WORDS = {"name_hi": "संगठन", "name_en": "Organisation", "help_phone": "", "help_hours_hi": "", "help_hours_en": ""}
PAGE = "/posters/team/AC036-P112/"
POSTS = ["booth-president", "booth-secretary", "booth-social-media"]


@pytest.fixture
def units(db, now):
    organisation.save(shows_committees=True, **WORDS)
    return make_tree(now)


@pytest.fixture
def booth(units, now):
    """Three of five chairs are taken by people who said yes; two of them agreed to be named."""
    held = [make_holder(post, units["AC036-P112"], now, make_person(now, name), accepted=True)
            for post, name in zip(POSTS, ["कमला देवी", "नसीम बानो", "रमेश सैनी"], strict=True)]  # fmt: skip
    for appointment in held[:2]:
        showing.agree(appointment=appointment, now=now)
    return units["AC036-P112"]


@pytest.fixture
def at_sikar(client, units, now):
    client.force_login(make_user("district-incharge", units["SKR"], now))
    return client


def drawn(monkeypatch, client, address):
    """The words that the picture at this address was drawn from."""
    asked = []
    paint = team.paint
    monkeypatch.setattr(team, "paint", lambda words, *rest, **more: asked.append(words) or paint(words, *rest, **more))
    assert client.get(address).status_code == 200
    return asked[-1]


def test_the_poster_names_who_accepted_and_agreed_by_name_and_post_alone(at_sikar, booth, monkeypatch, settings):
    words = drawn(monkeypatch, at_sikar, f"{PAGE}1.png")

    assert [(one.name, one.initial, one.post) for one in words.members] == [
        ("कमला देवी", "क", "बूथ अध्यक्ष"), ("नसीम बानो", "न", "बूथ सचिव")
    ]  # fmt: skip
    assert words.chain == "राजस्थान › सीकर › 36 दांतारामगढ़ › रींगस › पलसाना"
    assert words.url == f"{settings.SITE_URL}/team/{booth.path}/"


def test_in_english_the_poster_speaks_english_and_leads_to_the_english_page(at_sikar, booth, monkeypatch, settings):
    words = drawn(monkeypatch, at_sikar, f"/en{PAGE}1.png")

    assert (words.organisation, words.members[0].post) == ("Organisation", "Booth President")
    assert words.url == f"{settings.SITE_URL}/en/team/{booth.path}/"


def test_the_page_offers_each_sheet_for_messengers_and_a4(at_sikar, booth, settings):
    page = at_sikar.get(PAGE).text
    picture, paper = at_sikar.get(f"{PAGE}1.png?download"), at_sikar.get(f"{PAGE}a4.pdf")

    assert all(f'href="{PAGE}{file}?download"' in page for file in ("1.png", "a4.pdf"))
    assert read(Image.open(BytesIO(picture.content))) == {f"{settings.SITE_URL}/team/{booth.path}/"}
    assert picture["Content-Disposition"] == 'attachment; filename="team-AC036-P112-1.png"'
    assert paper.content[:4] == b"%PDF"
    assert [at_sikar.get(f"{PAGE}{number}.png").status_code for number in (0, 2)] == [404, 404]


def test_the_poster_follows_who_takes_their_name_back(at_sikar, booth, now, monkeypatch):
    at_sikar.get(f"{PAGE}1.png")
    showing.take_back(appointment=Appointment.objects.get(person__name="नसीम बानो"), now=now)

    assert [one.name for one in drawn(monkeypatch, at_sikar, f"{PAGE}1.png").members] == ["कमला देवी"]


def test_a_draft_has_no_poster_and_says_what_is_missing(at_sikar, booth, now):
    seats.end(appointment=Appointment.objects.get(person__name="रमेश सैनी"), reason="कार्यकाल समाप्त", by=None, now=now)

    page, picture = at_sikar.get(PAGE), at_sikar.get(f"{PAGE}1.png")

    assert "5 में से 2 पदों पर" in page.text
    assert picture.status_code == 422
    assert "5 में से 2 पदों पर" in picture.text


def test_where_committees_are_not_shown_or_nobody_agreed_the_page_says_so(at_sikar, booth, now):
    for appointment in Appointment.objects.exclude(shown_at=None):
        showing.take_back(appointment=appointment, now=now)
    nobody = at_sikar.get(PAGE).context["why"]
    organisation.save(shows_committees=False, **WORDS)

    assert nobody == "इस समिति में अभी किसी ने सबको नाम दिखाने की अनुमति नहीं दी है।"
    assert at_sikar.get(PAGE).context["why"].startswith("कार्यालय ने समितियाँ सबको दिखाना")


def test_a_name_that_cannot_be_printed_is_told_by_name(at_sikar, booth, now):
    given = make_holder("booth-member", booth, now, make_person(now, "सुनीता 🌸"), accepted=True)
    showing.agree(appointment=given, now=now)

    assert "सुनीता 🌸 में ऐसे चिह्न" in at_sikar.get(PAGE).context["why"]


def test_members_carry_their_own_committee_s_poster_and_no_other(client, booth, units, now):
    client.force_login(opening.open_for(person=Appointment.objects.get(person__name="कमला देवी").person, now=now))

    assert client.get(PAGE).status_code == 200
    assert f'href="{PAGE}"' in client.get("/work/").text
    assert [client.get(f"/posters/team/{code}/{file}").status_code for code in ("AC036", "JPR", "NIX")
            for file in ("", "1.png", "a4.pdf")] == [404] * 9  # fmt: skip


def test_the_committee_s_page_leads_to_its_poster(at_sikar, booth):
    assert f'href="{PAGE}"' in at_sikar.get(booth.committee_url).text
