"""Does the installation live? Each sign with its figure, and what to do when it is bad."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application
from portal import dates, health, numbers, pulses
from portal.models import Job, Pulse
from portal.models.notices import NoticeStatus

CLOCK_AGE = timedelta(minutes=5)
BACKUP_AGE = timedelta(days=2)
JOB_AGE = timedelta(minutes=15)
LEAST_DISK = 10  # percent
LEAST_SMS = 10  # percent of a day's
LATELY = 10  # minutes over which applications are counted
GIGA = 1024**3


class Sign(NamedTuple):
    """One line: what, its figure, is it well, and what helps when it is not."""

    what: str
    told: str
    is_well: bool
    mend: str
    url: str = ""


def of_life(now: datetime) -> list[Sign]:
    """All of them, the most urgent first."""
    found, seen = health.report(now), pulses.last()
    clock, backup = seen.get(pulses.CLOCK), seen.get(pulses.BACKUP)
    return [
        *_notices(found),
        _pulse(_("The clock"), clock, CLOCK_AGE, now, _("Is Celery beat running, or cron with manage.py tick?")),
        _oldest_job(now),
        _pulse(_("Last backup"), backup, BACKUP_AGE, now, _("End the backup's script with: manage.py pulse backup")),
        _disk(),
        _rate(now),
    ]


def _notices(found: dict) -> list[Sign]:
    lists = reverse("admin:portal_notice_changelist")
    wait = timedelta(seconds=found["oldest_unsent_seconds"])
    left = found["sms_left_today"]
    return [
        Sign(
            _("Oldest notice that waits"),
            _minutes(wait) if wait else _("none waits"),
            health.BEHIND not in found["troubles"],
            _("Is the worker running, and does the provider answer?"),
            f"{lists}?status__exact={NoticeStatus.QUEUED}",
        ),
        Sign(
            _("What /health/ complains of"),
            "; ".join(found["troubles"]) or _("nothing"),
            found["ok"],
            _("Look at the log of the worker that is named."),
        ),
        Sign(
            _("Notices that failed since yesterday"),
            numbers.lakh(found["failed_today"]),
            not found["failed_today"],
            _("Look at the reasons; they can be sent again."),
            f"{lists}?status__exact={NoticeStatus.FAILED}",
        ),
        Sign(
            _("SMS left today"),
            numbers.lakh(left),
            left * 100 >= settings.SMS_A_DAY * LEAST_SMS,
            _("What is over waits for tomorrow; SMS_A_DAY sets how many."),
        ),
    ]


def _minutes(span: timedelta) -> str:
    return _("%(count)s minutes") % {"count": numbers.lakh(int(span.total_seconds() // 60))}


def _pulse(what: str, seen: Pulse | None, oldest: timedelta, now: datetime, mend: str) -> Sign:
    if seen is None:
        return Sign(what, _("not seen yet"), is_well=False, mend=mend)
    return Sign(what, f"{dates.ago(seen.at, now)} {seen.note}".strip(), now - seen.at < oldest, mend)


def _oldest_job(now: datetime) -> Sign:
    waiting = Job.objects.filter(finished_at=None).exclude(needs_second=True, agreed_at=None)
    asked = waiting.order_by("asked_at").values_list("asked_at", flat=True).first()
    age = now - asked if asked else timedelta()
    return Sign(
        _("Oldest job that waits"),
        _minutes(age) if asked else _("none waits"),
        age < JOB_AGE,
        _("Is the worker running? A job whose worker died is begun anew after ten minutes."),
    )


def _disk() -> Sign:
    there = next(path for path in (Path(settings.MEDIA_ROOT), Path(settings.BASE_DIR)) if path.exists())
    disk = shutil.disk_usage(there)
    return Sign(
        _("Free on the disk"),
        _("%(free)s of %(total)s GB") % {"free": f"{disk.free / GIGA:.1f}", "total": f"{disk.total / GIGA:.0f}"},
        disk.free * 100 >= disk.total * LEAST_DISK,
        _("Old logs and old backups take the most room."),
    )


def _rate(now: datetime) -> Sign:
    count = Application.objects.filter(submitted_at__gt=now - timedelta(minutes=LATELY)).count()
    return Sign(_("Applications a minute"), f"{count / LATELY:.1f}", is_well=True, mend="")
