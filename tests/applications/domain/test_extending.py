"""More time is given by two persons, once, and everyone who waits for the date hears of it once."""

from datetime import timedelta

import pytest

from applications.domain import extending, opening, reminding
from applications.domain.extending import agree, drop, propose
from applications.models import Extension
from applications.models.drives import GRACE
from committees.levels import Role
from portal import audit, outbox, wording
from portal.models import Notice
from portal.models.notices import NoticeStatus
from tests.factories.desk import a_colleague, a_drive
from tests.factories.form import a_draft, handed_in, phone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def second(places, now):
    return a_colleague(places.state, Role.STATE_OFFICE, now, number=2, name="हरि सिंह")


def proposed(drive, office, now, later=DAY):
    return propose(drive=drive, closes_at=drive.closes_at + later, reason="बाढ़", by=office, now=now)


def told():
    return sorted(Notice.objects.filter(template="deadline_extended").values_list("phone", flat=True))


def test_a_proposal_moves_nothing_until_another_person_agrees(drive, office, second, now):
    promised = drive.closes_at
    extension = proposed(drive, office, now)

    with pytest.raises(extending.SamePerson):
        agree(extension=extension, by=office, now=now)
    drive.refresh_from_db()
    assert drive.closes_at == promised

    agree(extension=extension, by=second, now=now + HOUR)

    drive.refresh_from_db()
    assert drive.closes_at == promised + DAY
    event = audit.history(drive).last()
    assert (event.verb, event.by, event.data["reason"]) == ("extended", second, "बाढ़")


def test_a_date_never_moves_forward_nor_into_the_past(drive, office, now):
    for closes_at, at in [
        (drive.closes_at, now),
        (drive.closes_at - HOUR, now),
        (drive.closes_at + HOUR, drive.closes_at + HOUR),
    ]:
        with pytest.raises(extending.NotLater):
            propose(drive=drive, closes_at=closes_at, reason="", by=office, now=at)

    assert not Extension.objects.exists()


def test_an_agreement_that_comes_too_late_changes_nothing(drive, office, second, now):
    extension = proposed(drive, office, now)

    with pytest.raises(extending.NotLater):
        agree(extension=extension, by=second, now=extension.closes_at)

    extension.refresh_from_db()
    assert extension.agreed_at is None


def test_one_proposal_waits_at_a_time_and_is_settled_once(drive, office, second, now):
    extension = proposed(drive, office, now)
    with pytest.raises(extending.AlreadyProposed):
        proposed(drive, second, now)

    drop(extension=extension, by=office, now=now)

    for late in (agree, drop):
        with pytest.raises(extending.Settled):
            late(extension=extension, by=second, now=now)
    assert proposed(drive, second, now).pk != extension.pk


def test_of_two_who_agree_at_once_one_moves_the_date(drive, office, second, places, now):
    third = a_colleague(places.state, Role.STATE_OFFICE, now, number=3)
    extension = proposed(drive, office, now)
    same = Extension.objects.select_related("drive").get(pk=extension.pk)

    agree(extension=extension, by=second, now=now)

    with pytest.raises(extending.Settled):
        agree(extension=same, by=third, now=now)


def test_who_began_or_asked_hears_once_and_who_applied_hears_nothing(places, office, second, now):
    drive = a_drive(places.state, now, "later", opens_at=now + HOUR)
    for number in (1, 2, 5):
        opening.tell_when_open(drive=drive, phone=phone(number), language="hi", now=now)
    outbox.send_due(now=drive.opens_at)
    begun = a_draft(drive, places.booth, now + 2 * HOUR, number=2, writing=None)
    a_draft(drive, places.booth, now + 2 * HOUR, number=3, writing=None)
    a_draft(drive, places.booth, now + 2 * HOUR, number=5, writing=None)
    handed_in(drive, places.booth, now + 3 * HOUR, number=5)

    assert agree(extension=proposed(drive, office, now + 4 * HOUR), by=second, now=now + 5 * HOUR) == 3

    assert told() == [phone(1), phone(2), phone(3)]
    assert wording.of(Notice.objects.get(template="deadline_extended", phone=phone(2))).text == (
        f"संगठन: आवेदन का समय बढ़ा, अब 16 नवंबर, सुबह 10:00 बजे तक। यहाँ पूरा करें: http://testserver/resume/?k={begun.key}"
    )


def test_who_still_waits_for_the_opening_hears_the_new_date_there(places, office, second, now):
    drive = a_drive(places.state, now, "later", opens_at=now + DAY)
    opening.tell_when_open(drive=drive, phone=phone(1), language="hi", now=now)

    assert agree(extension=proposed(drive, office, now), by=second, now=now) == 0

    assert Notice.objects.get().useful_until == now + 6 * DAY


def test_applying_takes_back_the_news_that_has_not_left(drive, places, office, second, now):
    a_draft(drive, places.booth, now, writing=None)
    agree(extension=proposed(drive, office, now), by=second, now=now)

    handed_in(drive, places.booth, now)

    assert Notice.objects.get(template="deadline_extended").status == NoticeStatus.CANCELLED


def test_reminders_come_anew_for_the_new_date(drive, places, office, second, now):
    a_draft(drive, places.booth, now, writing=None)
    first = drive.closes_at
    reminding.remind(now=first - 48 * HOUR)
    outbox.send_due(now=first - 48 * HOUR)
    reminding.remind(now=first - 3 * HOUR)  # promised, not yet left

    agree(extension=proposed(drive, office, first - 3 * HOUR, later=3 * DAY), by=second, now=first - 3 * HOUR)

    assert Notice.objects.get(template="draft_3h").status == NoticeStatus.CANCELLED
    later = first + 3 * DAY
    assert reminding.remind(now=later - 49 * HOUR) == {"48h": 0, "3h": 0}
    assert reminding.remind(now=later - 48 * HOUR) == {"48h": 1, "3h": 0}
    assert reminding.remind(now=later - 3 * HOUR) == {"48h": 0, "3h": 1}


def test_the_news_of_more_time_is_reminder_enough(drive, places, office, second, now):
    a_draft(drive, places.booth, now, writing=None)
    at = drive.closes_at - HOUR

    agree(extension=proposed(drive, office, at), by=second, now=at)

    assert reminding.remind(now=at + timedelta(minutes=1)) == {"48h": 0, "3h": 0}
    assert reminding.remind(now=at + DAY - 2 * HOUR) == {"48h": 0, "3h": 1}


def test_a_drive_that_closed_opens_again_for_its_drafts(drive, places, office, second, now):
    draft = a_draft(drive, places.booth, now, writing=None)
    after = drive.closes_at + GRACE + HOUR

    agree(extension=proposed(drive, office, after), by=second, now=after)

    assert told() == [draft.phone]
    drive.refresh_from_db()
    assert drive.is_open(after)
