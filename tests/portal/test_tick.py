"""``manage.py tick`` does what Celery does, without Celery."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal import celery_app, outbox
from portal.models import Notice
from portal.models.notices import NoticeStatus
from portal.timetable import TIMETABLE, each_minute

pytestmark = pytest.mark.django_db


def promise():
    """Due now by the clock of the machine, which is the one that a tick reads."""
    outbox.queue(
        [
            Notice(
                key="code:1",
                phone="+919829012345",
                template="code",
                context={"organisation": "संगठन", "code": "1"},
                due_at=timezone.now(),
            )
        ]
    )


def tick(*words):
    out = io.StringIO()
    call_command("tick", *words, stdout=out)
    return out.getvalue()


def test_every_job_of_the_timetable_is_there():
    celery_app.loader.import_default_modules()

    assert {entry["task"] for entry in TIMETABLE.values()} - set(celery_app.tasks) == set()


def test_sending_comes_last_so_that_a_reminder_leaves_in_the_minute_it_was_promised():
    assert list(TIMETABLE.values())[-1]["task"] == "portal.tasks.send_due_notices"


def test_a_call_that_nobody_took_is_forgotten_when_the_next_comes():
    assert {(entry["schedule"], entry["options"]["expires"]) for entry in TIMETABLE.values()} == {(60.0, 60.0)}


def test_a_tick_sends_and_the_next_has_nothing_to_do():
    promise()

    first, second = json.loads(tick("--json")), json.loads(tick("--json"))

    assert list(first) == list(TIMETABLE)
    assert first["send what is due"] == {"sent": 1, "failed": 0, "later": 0, "too_late": 0, "unknown": 0}
    assert second["send what is due"]["sent"] == 0
    assert Notice.objects.get().status == NoticeStatus.SENT


def test_people_read_a_line_a_job():
    lines = tick().splitlines()

    assert [line.split(":")[0] for line in lines] == list(TIMETABLE)


def test_a_job_that_fails_does_not_keep_the_others_from_running(settings):
    promise()
    settings.CELERY_BEAT_SCHEDULE = {"a broken job": each_minute("nobody.wrote.it"), **TIMETABLE}

    with pytest.raises(CommandError, match="a broken job"):
        tick()

    assert Notice.objects.get().status == NoticeStatus.SENT
