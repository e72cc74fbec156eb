"""The calendar knows what the sweeps will promise, in few questions."""

from datetime import date, timedelta

from django.utils import timezone

from applications.domain import reminding
from portal import forecasts, moments, requests
from portal.models import Notice
from tests.factories.desk import Places, a_colleague, a_drive
from tests.factories.form import a_draft

DAY = timedelta(days=1)


def test_what_is_foreseen_is_what_the_sweeps_then_promise(db, now, django_assert_num_queries):
    places = Places(now)
    drive = a_drive(places.state, now)
    a_draft(drive, places.booth, now, work=None, social=None, writing=None, photo=None)
    incharge = a_colleague(places.sikar, "incharge", now)
    close = drive.closes_at

    with django_assert_num_queries(4):  # one for all reminders, three for what is planned
        foreseen = forecasts.by_day(close - 10 * DAY, close)

    two_days, that_day = timezone.localdate(close - 2 * DAY), timezone.localdate(close - timedelta(hours=3))
    wanted = {
        (two_days, "draft_48h"): 1,
        (that_day, "draft_3h"): 1,
        (timezone.localdate(close - 3 * DAY), "drive_closing"): 1,
    }
    assert {key: count for key, count in foreseen.items() if key in wanted} == wanted
    assert reminding.remind(now=close - 2 * DAY) == {"48h": 1, "3h": 0}
    assert [reminding.remind_in_charges(now=close - 3 * DAY) for _time in range(2)] == [{"closing": 1}, {"closing": 0}]
    assert Notice.objects.get(template="drive_closing").phone == incharge.phone


def test_a_request_without_an_answer_is_foreseen_twice_before_and_once_after(db, now):
    asked = requests.DataRequest.objects.create(
        number="A", kind="see", thing="x:1", asked_at=now, due_on=timezone.localdate(now) + 7 * DAY,
        legal_by=timezone.localdate(now) + 90 * DAY,
    )  # fmt: skip

    foreseen = forecasts.by_day(now, now + 14 * DAY)

    assert {key: count for key, count in foreseen.items() if key[1].startswith("request")} == {
        (asked.due_on - 3 * DAY, "request_due"): 1,
        (asked.due_on + DAY, "request_late"): 1,
    }


def test_a_reminder_at_an_hour_is_due_at_that_hour_of_its_day(now):
    reminder = moments.reminders()["forming_reminder"]
    deadline = moments.start_of(date(2025, 11, 30))

    assert [timezone.localtime(reminder.due(deadline, span)).isoformat() for span in reminder.spans] == [
        "2025-11-23T09:00:00+05:30",
        "2025-11-28T09:00:00+05:30",
    ]
    assert reminder.useful_until(deadline) == deadline + DAY
