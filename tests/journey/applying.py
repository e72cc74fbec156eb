"""Applicants: from the poster to the receipt, with forms as they stand on the pages."""

from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Application, Draft, Scan
from tests.factories.form import SAMPLE, picture
from tests.journey.road import ASIF, KAVITA, MOHAN, RAMESH, SUNITA, at
from tests.walking import Device


def begin(address, name, phone):
    """Scan the poster, read the page of the drive, give a name."""
    phone_in_hand = Device()
    page = phone_in_hand.open(address).open("/apply/name/")
    return page.press(name=name, phone=phone)


def go_on(page, place, *, interviews=True):
    """From the area to the check page: search the place, near the poster first, then everywhere; answer the rest."""
    found = page.press(find=place)
    if not found.offers("unit"):
        found = found.open("all=1").press(find=place)
    page = found.press(unit=found.offered("unit")[0])
    page = page.press(birth_year="1995", education="बी.ए.")
    page = page.press(since="2-5", work="घर-घर संपर्क")
    page = page.press(link1="instagram.com/gaon_ki_baat")
    page = page.press(prompt=page.offered("prompt")[0], writing=SAMPLE)
    coming = {"can_come": "yes"} if interviews else {}
    return page.press(photo=SimpleUploadedFile("me.jpg", picture(), "image/jpeg"), **coming)


def apply(address, name, phone, place, **how):
    """The whole way of one person. Returns the page with the receipt."""
    return go_on(begin(address, name, phone), place, **how).press(consent="on")


def sunita_applies(road, address):
    """The receipt; a second press does no harm; one section is changed and stands there."""
    check = go_on(begin(address, "सुनीता मीणा", SUNITA), "palsana")
    assert "98765 00001" in check.text
    receipt = check.press(consent="on")
    again = check.press(consent="on")

    assert "आवेदन जमा हो गया" in receipt.text
    assert again.url == receipt.url
    assert Application.objects.count() == 1
    changed = receipt.open("/change/work/").press(since="5-10", work="तीन साल बूथ अध्यक्ष")
    assert changed.url == receipt.url
    assert "तीन साल बूथ अध्यक्ष" in changed.text
    assert Scan.objects.get().count == 1
    assert road.tick() == [("receipt", SUNITA)]
    return receipt.url


def the_others_apply(road, address):
    """Three more hand in; Mohan only begins, and is reminded twice, each time once."""
    begin(address, "मोहन लाल", MOHAN)
    apply(address, "रमेश चौधरी", RAMESH, "amber")
    apply(address, "कविता शर्मा", KAVITA, "dhod")
    apply(address, "आसिफ़ ख़ान", ASIF, "reengus")
    assert road.tick() == [("receipt", RAMESH), ("receipt", KAVITA), ("receipt", ASIF)]


def the_draft_is_reminded(road, address):
    assert road.tick(at(12, 17, 59)) == []
    assert road.tick(at(12, 18)) == [("draft_48h", MOHAN)]
    assert road.tick(at(13, 11)) == []
    assert road.tick(at(14, 14, 59)) == []
    assert road.tick(at(14, 15)) == [("draft_3h", MOHAN)]
    begin(address, "देर से आए", "9876500099")  # too late for any reminder
    assert road.tick(at(14, 17, 50)) == []

    opened = Device().open(road.link(MOHAN, "draft_3h"))
    assert opened.url.endswith("/apply/area/")
    assert Draft.objects.unfinished().count() == 2


def nobody_applies_after_the_end(road, address):
    """Who was in the middle finds what was written and no form; a newcomer finds the drive closed; nothing is lost."""
    late = Device().open(road.link(MOHAN, "draft_3h"))
    road.wait_until(at(14, 18, 30))
    closed = late.device.open(late.url)
    assert "मोहन लाल" in closed.text
    newcomer = Device().open(address)
    assert not closed.offers("unit")
    assert not [link for link in newcomer.links if "/apply/" in link]
    assert road.tick() == []
    assert (Application.objects.count(), Draft.objects.unfinished().count()) == (4, 2)
