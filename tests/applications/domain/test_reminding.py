"""Who began and has not finished is reminded twice, and nobody else."""

from datetime import timedelta

import pytest

from applications.domain import reminding
from applications.models import Draft
from portal import outbox, wording
from portal.models import Notice
from portal.models.notices import NoticeStatus
from tests.factories.form import a_draft, handed_in, phone

HOUR = timedelta(hours=1)


@pytest.fixture
def lying(drive, places, now):
    """A draft that stopped after three steps, days before the deadline."""
    return a_draft(drive, places.booth, now, work=None, social=None, writing=None, photo=None)


def keys():
    return sorted(Notice.objects.filter(template__startswith="draft").values_list("key", flat=True))


def test_an_unfinished_draft_is_reminded_48_and_3_hours_before(drive, lying):
    close = drive.closes_at

    assert reminding.remind(now=close - 49 * HOUR) == {"48h": 0, "3h": 0}
    assert reminding.remind(now=close - 48 * HOUR) == {"48h": 1, "3h": 0}
    assert reminding.remind(now=close - 3 * HOUR) == {"48h": 0, "3h": 1}

    date = int(close.timestamp())
    assert keys() == [f"draft:{drive.pk}:{phone()}:3h:{date}", f"draft:{drive.pk}:{phone()}:48h:{date}"]
    notice = Notice.objects.get(template="draft_48h")
    assert (notice.due_at, notice.useful_until) == (close - 48 * HOUR, close - 6 * HOUR)
    assert wording.of(notice).text == (
        f"संगठन: आपका आवेदन अधूरा है। अंतिम समय 15 नवंबर, सुबह 10:00 बजे। पूरा करें: http://testserver/resume/?k={lying.key}"
    )


def test_running_the_sweep_again_promises_nothing_new(drive, lying):
    reminding.remind(now=drive.closes_at - 48 * HOUR)

    done = [reminding.remind(now=drive.closes_at - hours * HOUR) for hours in (48, 47, 20)]

    assert done == [{"48h": 0, "3h": 0}] * 3
    assert len(keys()) == 1


def test_a_sweep_that_comes_too_late_promises_nothing(drive, lying):
    for before in (5 * HOUR, timedelta(minutes=19), timedelta(0), -HOUR):
        assert reminding.remind(now=drive.closes_at - before) == {"48h": 0, "3h": 0}


def test_who_writes_at_this_very_hour_is_left_alone(drive, lying):
    Draft.objects.update(saved_at=drive.closes_at - 47 * HOUR)

    assert reminding.remind(now=drive.closes_at - 46 * HOUR) == {"48h": 0, "3h": 0}


def test_two_drafts_of_one_phone_are_one_message_with_the_newer_link(drive, places, now, lying):
    newer = a_draft(drive, places.booth, now + HOUR, writing=None)

    assert reminding.remind(now=drive.closes_at - 40 * HOUR) == {"48h": 1, "3h": 0}

    assert newer.key in Notice.objects.get(template="draft_48h").context["url"]


def test_who_has_applied_is_not_reminded_of_an_older_draft(drive, places, now, lying):
    handed_in(drive, places.booth, now)

    assert reminding.remind(now=drive.closes_at - 48 * HOUR) == {"48h": 0, "3h": 0}


def test_applying_takes_back_a_reminder_that_has_not_left(drive, places, now, lying):
    reminding.remind(now=drive.closes_at - 48 * HOUR)

    handed_in(drive, places.booth, now)

    assert Notice.objects.get(template="draft_48h").status == NoticeStatus.CANCELLED
    assert outbox.send_due(now=drive.closes_at - 47 * HOUR)["sent"] == 1  # the receipt
