from datetime import timedelta

import pytest
from django.utils import translation

from applications.domain import driving, opening
from applications.models import Anchor, Drive
from portal import audit
from portal.models import Notice
from tests.factories.desk import a_drive
from tests.factories.form import phone


def test_a_new_drive_knows_what_it_looks_at(places, now):
    drive = a_drive(places.state, now, "new-2025")

    criteria = list(drive.criteria.all())

    assert [criterion.name for criterion in criteria] == [
        "पार्टी की विचारधारा के प्रति निष्ठा",
        "सोशल मीडिया पर सक्रिय और स्वाभाविक उपस्थिति",
        "राजनीतिक और सामाजिक समझ",
        "रचनात्मक लेखन शैली",
        "संवाद और डिजिटल कौशल",
    ]
    assert [criterion.weight for criterion in criteria] == [1, 1, 1, 1, 1]
    assert drive.prompts.count() == 3


def test_every_mark_of_every_criterion_has_words_in_both_languages(drive):
    anchors = Anchor.objects.filter(criterion__drive=drive)

    assert anchors.count() == 25
    assert not anchors.filter(text_hi="").exists()
    assert not anchors.filter(text_en="").exists()
    assert drive.criteria.get(order=4).anchors.get(mark=2).text == "1 और 3 के विवरण के बीच"
    with translation.override("en"):
        assert drive.criteria.get(order=4).anchors.get(mark=4).text == "Between the descriptions of 3 and 5"


def test_two_drives_never_share_an_address(drive, places, now):
    with pytest.raises(driving.SlugTaken):
        a_drive(places.sikar, now, slug=drive.slug)

    assert Drive.objects.count() == 1


def test_an_address_is_made_of_the_unit_and_the_year(places, now):
    assert driving.free_slug(places.state, 2026) == "pradesh-2026"
    assert driving.free_slug(places.danta, 2025) == "sikar-34-2025"

    a_drive(places.sikar, now, slug="sikar-2025")

    assert driving.free_slug(places.sikar, 2025) == "sikar-2025-2"


def test_rewording_writes_down_which_fields_changed(drive, now):
    changed = driving.reword(
        drive=drive, values={"title_hi": "नया शीर्षक", "purpose_hi": drive.purpose_hi}, by=None, now=now
    )

    drive.refresh_from_db()
    assert changed == ["title_hi"]
    assert drive.title_hi == "नया शीर्षक"
    assert audit.history(drive).last().data == {"fields": ["title_hi"]}


def test_rewording_never_moves_the_deadline(drive, now):
    with pytest.raises(ValueError, match="closes_at"):
        driving.reword(drive=drive, values={"closes_at": now}, by=None, now=now)


def test_dates_are_free_until_the_opening_and_the_promised_words_go_along(places, now):
    drive = a_drive(places.sikar, now, "sikar-2025", opens_at=now + timedelta(days=2))
    opening.tell_when_open(drive=drive, phone=phone(), language="hi", now=now)
    opens_at, closes_at = now + timedelta(days=3), now + timedelta(days=9)

    driving.redate(drive=drive, opens_at=opens_at, closes_at=closes_at, by=None, now=now)

    drive.refresh_from_db()
    word = Notice.objects.get()
    assert (drive.opens_at, drive.closes_at) == (word.due_at, word.useful_until) == (opens_at, closes_at)
    with pytest.raises(driving.Opened):
        driving.redate(drive=drive, opens_at=opens_at, closes_at=now + timedelta(days=4), by=None, now=opens_at)
