"""The drive's own page in each of its states, the list, the QR's address, the notice."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from applications import consent
from applications.domain import linking
from applications.models import Application, Scan
from portal.models import Notice
from tests.factories.desk import a_drive, an_application

pytestmark = pytest.mark.usefixtures("clock")

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


def page(client, address, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def in_order(text, *parts):
    """Do these parts follow each other?"""
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_an_open_drive_says_the_seven_things_in_their_order(client, drive):
    drive.signed_hi = "रामलाल, प्रदेश संयोजक"
    drive.save()

    text = page(client, "/d/pradesh-2025/")

    assert in_order(
        text,
        "<h1>प्रदेश सोशल मीडिया टीम</h1>",
        "गाँव-गाँव की आवाज़ बनने वाले साथी</p>",
        "शनिवार, 15 नवंबर 2025, ",
        "सुबह 10:00 बजे",
        "5 दिन बाकी",
        "आवेदन शुरू करें",
        "लगभग 6 मिनट · बीच में छोड़ सकते हैं · कोई शुल्क नहीं",
        "आवेदन जारी रखें",
        "भरने से पहले साथ रखें",
        "आगे क्या होगा",
        "चयन के 5 मापदंड",
        "किसी की सिफ़ारिश की ज़रूरत नहीं है",
        "WhatsApp पर भेजें",
        "<svg",
        "रामलाल, प्रदेश संयोजक",
    )
    assert '<meta property="og:image" content="http://testserver/d/pradesh-2025/og.jpg?v=' in text


@pytest.mark.parametrize(
    ("left", "says", "not_yet"),
    [
        (timedelta(hours=24, seconds=1), "1 दिन बाकी", "dl warn"),
        (timedelta(hours=24), "dl warn", "15 मिनट और"),
        (timedelta(hours=2, minutes=5), "2 घंटे 5 मिनट बाकी", "15 मिनट और"),
        (timedelta(minutes=59), "बीच में अटकें तो 15 मिनट और मिलेंगे", "बंद हो चुके"),
        (timedelta(seconds=30), "1 मिनट से कम बाकी", "बंद हो चुके"),
    ],
)
def test_the_last_day_and_the_last_hour_are_said_calmly(client, drive, clock, left, says, not_yet):
    clock.move_to(drive.closes_at - left)

    text = page(client, "/d/pradesh-2025/").split("</style>")[-1]

    assert says in text
    assert not_yet not in text


def test_before_the_opening_a_number_may_ask_for_one_word(client, places, now):
    drive = a_drive(places.sikar, now, "sikar-2025", opens_at=now + timedelta(days=2))
    text = page(client, "/d/sikar-2025/")
    assert in_order(text, "आवेदन शुरू होंगे", "बुधवार, 12 नवंबर 2025", "खुलने पर बताएँ")
    assert "आवेदन शुरू करें" not in text

    wrong = client.post("/d/sikar-2025/tell/", {"phone": "12345"})
    right = client.post("/d/sikar-2025/tell/", {"phone": "98765 00001"}, follow=True)

    assert wrong.status_code == 422
    assert "10 अंकों का होना चाहिए" in wrong.content.decode()
    assert "आवेदन शुरू होने पर आपको एक SMS मिलेगा" in right.content.decode()
    assert Notice.objects.get().due_at == drive.opens_at


def test_a_closed_drive_stays_useful_at_the_same_address(client, drive, places, now, clock):
    for number in range(12):
        an_application(drive, places.booth, now, number)
    a_drive(places.sikar, now, "sikar-2025", closes_at=now + timedelta(days=20))
    clock.move_to(drive.grace_until)

    text = page(client, "/d/pradesh-2025/")

    assert "आवेदन बंद हो चुके हैं</h1>" in text
    assert "10 से अधिक आवेदन मिले" in text
    assert "मेरा आवेदन देखें" in text
    assert "/d/sikar-2025/" in text


def test_a_small_number_of_applications_is_not_told(client, drive, places, now, clock):
    an_application(drive, places.booth, now)
    clock.move_to(drive.closes_at)

    assert "आवेदन मिले" not in page(client, "/d/pradesh-2025/")


def test_the_list_has_open_drives_then_later_ones_and_no_closed_one(client, drive, places, now):
    a_drive(places.sikar, now, "later", opens_at=now + timedelta(days=1))
    a_drive(places.alwar, now, "gone", closes_at=now - timedelta(hours=1))

    text = page(client, "/d/")

    assert in_order(text, "/d/pradesh-2025/", "जल्द खुलेंगे", "/d/later/")
    assert "/d/gone/" not in text


def test_english_stands_beside_hindi(client, drive):
    text = page(client, "/en/d/pradesh-2025/")

    assert in_order(
        text, '<html lang="en">', "State social media team", "Saturday, 15 November 2025, ", "10:00 am", "Start"
    )


def test_a_scan_is_counted_remembered_and_led_to_the_drive(client, drive, places, now):
    link = linking.make_link(drive=drive, via="poster", unit=places.sikar, by=None, now=now)

    answer = client.get(f"/q/{link.code.lower()}", headers={"user-agent": PHONE})

    assert answer["Location"] == f"/d/pradesh-2025/?q={link.code}"
    assert Scan.objects.get().count == 1
    text = page(client, answer["Location"])
    assert in_order(text, "सीकर जिला", 'href="?q="', "हटाएँ")
    assert f"testserver/q/{link.code}" in text
    plain = client.get("/d/pradesh-2025/?q=", follow=True)
    assert "सीकर जिला" not in plain.content.decode()
    assert client.cookies["came"].value == ""


def test_what_a_messenger_shows_is_whole_and_changes_with_the_date(client, drive, clock):
    def tags(address):
        return dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)"', page(client, address)))

    first = tags("/d/pradesh-2025/")
    drive.closes_at += timedelta(days=1)
    drive.save()
    later = tags("/d/pradesh-2025/")
    clock.move_to(drive.closes_at)

    assert first["og:url"] == "http://testserver/d/pradesh-2025/"
    assert first["og:image"].startswith("http://testserver/d/pradesh-2025/og.jpg?v=")
    assert first["og:image"] != later["og:image"]
    assert (first["og:locale"], tags("/en/d/pradesh-2025/")["og:locale"]) == ("hi_IN", "en_IN")
    assert set(tags("/d/pradesh-2025/")) == set(first)


def test_the_picture_of_a_link_is_small_and_of_the_usual_size(client, drive):
    picture = client.get("/d/pradesh-2025/og.jpg").content

    assert Image.open(BytesIO(picture)).size == (1200, 630)
    assert len(picture) < 200_000


def test_the_notice_names_what_why_how_long_and_who_in_both_languages(client, db):
    assert in_order(page(client, "/privacy/"), "नाम और मोबाइल नंबर", "परिणाम के एक साल बाद तक", consent.version())
    assert in_order(page(client, "/en/privacy/"), "Name and mobile number", "one year after", consent.version())


def test_the_words_of_the_notice_are_those_of_its_version():
    assert consent.version() == "2025-11-2.1dd1ef3b"


@pytest.mark.parametrize("open_now", [True, False])
def test_the_page_of_a_drive_asks_the_database_at_most_five_times(
    drive, places, now, clock, open_now, django_assert_max_num_queries
):
    link = linking.make_link(drive=drive, via="poster", unit=places.sikar, by=None, now=now)
    if not open_now:
        clock.move_to(drive.closes_at)

    with django_assert_max_num_queries(5):
        Client().get(f"/d/pradesh-2025/?q={link.code}")
    assert not Application.objects.exists()
