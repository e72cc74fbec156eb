"""What an applicant reads with a result: what was looked at, why in gentle words, and which door is open next."""

import hmac
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application, Drive
from applications.states import Reason, Status
from committees.levels import ANCESTORS
from portal import codes, dates

BANDS = [10, 50, 100]
KEPT = timedelta(days=366)  # after the result; ``portal.retention`` says the same to the eraser


def considered(drive: Drive, *, interviewed: bool) -> list[str]:
    """The names of the criteria by which the application was looked at; never a mark."""
    return [criterion.name for criterion in drive.criteria.all() if interviewed or criterion.is_read]


def gently(application: Application) -> str:
    """The kind of reason, where knowing it helps; what a colleague wrote is for the office alone."""
    words = {
        Reason.NO_ROOM: _("There were fewer posts than people who fitted them."),
        Reason.UNFINISHED: _("What was written was too short to judge by. More of it helps next time."),
        Reason.NO_ACTIVITY: _("There was little of your own on social media so far. A few posts each month help."),
        Reason.NOT_AREA: _("This drive was for another area. Look for the drive of your own district."),
        Reason.NOT_REACHED: _("You could not be reached on the number given. Keep it right next time."),
        Reason.NO_SHOW: _("You were called to the interview and did not come."),
    }
    return words.get(Reason(application.reason_code), "") if application.reason_code else ""


def band(application: Application) -> str:
    """Where on the waiting list, roughly; without an order, how long it is. No number, for it is not a promise."""
    listed = Application.objects.filter(drive=application.drive_id, status=Status.WAITING)
    place = listed.filter(pk=application.pk).aggregate(place=Max("interviews__decision__place"))["place"]
    if place:
        ahead = listed.filter(interviews__decision__place__lt=place)[: BANDS[-1]].count()
        within = next((most for most in BANDS if ahead < most), None)
        if within is None:
            return _("More than %(count)d people stand before you on this list.") % {"count": BANDS[-1]}
        return _("You are among the first %(count)d on this list.") % {"count": within}
    waiting = listed[: BANDS[-1] + 1].count()
    size = next((most for most in BANDS if waiting <= most), None)
    if size is None:
        return _("More than %(count)d people are on this list.") % {"count": BANDS[-1]}
    if size == BANDS[0]:
        return _("The list is short: at most %(count)d people.") % {"count": size}
    return _("At most %(count)d people are on this list.") % {"count": size}


def again(application: Application, now: datetime) -> str:
    """When one can apply again: with the day where a drive for the applicant's place is open or announced."""
    unit = application.unit
    line = {unit.pk, *(getattr(unit, f"{level}_id") for level in ANCESTORS)} - {None}
    others = Drive.objects.filter(unit__in=line, closes_at__gt=now).exclude(pk=application.drive_id)
    drive = others.order_by("opens_at", "closes_at").first()
    if drive is None:
        return _("You can apply again in every new drive; this result does not count there.")
    if drive.is_open(now):
        words = _("You can apply again now, until %(day)s: %(drive)s. This result does not count there.")
        return words % {"day": dates.long_date(drive.closes_at), "drive": drive.title}
    words = _("You can apply again from %(day)s: %(drive)s. This result does not count there.")
    return words % {"day": dates.long_date(drive.opens_at), "drive": drive.title}


def receipt(application: Application) -> str:
    """The code under which the applicant stands in a public record: from the secret of the personal link alone.

    HMAC-SHA-256, cut to 45 bits: nobody without the link can compute it, and nobody can go back from it.
    """
    digest = hmac.digest(application.link_key.encode(), b"public record", "sha256")
    number = int.from_bytes(digest[:6], "big")
    return "".join(codes.ALPHABET[(number >> shift) & 31] for shift in range(0, 45, 5))


def kept_until(application: Application) -> date:
    """When the application is removed: a year after the result."""
    return (application.drive.result_on or timezone.localdate(application.drive.closes_at)) + KEPT
