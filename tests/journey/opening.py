"""The state office opens a drive and hangs up its poster."""

from io import BytesIO

import zxingcpp
from PIL import Image

DRIVE = {
    "title_hi": "सोशल मीडिया टीम से जुड़ें",
    "title_en": "Join the social media team",
    "purpose_hi": "प्रदेश टीम के लिए सक्रिय कार्यकर्ताओं से आवेदन आमंत्रित हैं।",
    "opens_at": "2025-11-10T10:00",
    "closes_at": "2025-11-14T18:00",
    "interview_on": "2025-11-16",
    "interview_place_hi": "प्रदेश कार्यालय, जयपुर",
    "result_on": "2025-11-20",
}


def open_a_drive(road):
    """A new drive by the form; its page stands at once, with five criteria for the panel."""
    desk = road.desk(road.office)
    page = desk.open("/office/drives/").open("/office/drives/new/").press(unit="राजस्थान", interviews="on", **DRIVE)
    slug = page.url.rstrip("/").rpartition("/")[2]

    landing = desk.open(f"/d/{slug}/")
    assert DRIVE["title_hi"] in landing.text
    assert "14 नवंबर" in landing.text
    return slug


def hang_a_poster(road, slug, unit, user=None):
    """A link with its poster and its QR; what a phone reads on both is the same short address."""
    desk = road.desk(user or road.office)
    page = desk.open("/posters/").press(drive=slug, via="poster", unit=unit, label="बस स्टैंड")
    files = ["a4.png", "square.png", "qr.png"]
    pictures = [page.open(f"/{name}?download=1").response for name in files]
    read = {zxingcpp.read_barcode(Image.open(BytesIO(picture.content))).text for picture in pictures}

    assert [picture["Content-Type"] for picture in pictures] == ["image/png"] * 3
    assert page.open("/qr.svg").response.content.startswith((b"<?xml", b"<svg"))
    assert len(read) == 1
    return read.pop()
