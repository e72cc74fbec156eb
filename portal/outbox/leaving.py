"""What may leave at an hour: due, of use, not in the night, held back by nobody, and paid for."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Q
from django.utils.module_loading import import_string

from portal import organisation
from portal.models import Hold, Notice
from portal.models.notices import Channel, NoticeStatus, Urgency
from portal.outbox.promising import still_useful

DAY = timedelta(days=1)


def may_leave(at: datetime) -> Q:
    """The notices that nothing keeps back at this time.

    In the quiet hours only what is urgent; nothing of a template that the office
    holds (``Hold``), nor what ``settings.HELD_BACK`` names: a silence over an area.
    """
    rows = Q(status=NoticeStatus.QUEUED, due_at__lte=at) & still_useful(at)
    if quiet_until(at):
        rows &= Q(urgency=Urgency.NOW)
    if held := list(Hold.objects.filter(ended_at=None).values_list("template", flat=True)):
        rows &= ~Q(template__in=held)
    if settings.HELD_BACK:
        rows &= ~import_string(settings.HELD_BACK)(at)
    return rows


def quiet_until(at: datetime) -> datetime | None:
    """When the quiet hours end in which this time lies; None outside of them."""
    ours = organisation.current()
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    begins, ends, clock = ours.quiet_from, ours.quiet_until, local.time()
    over_midnight = begins > ends
    if not (clock >= begins or clock < ends if over_midnight else begins <= clock < ends):
        return None
    return _end_of_quiet(local.date() + DAY if clock >= ends else local.date())


def night_ended(at: datetime) -> datetime:
    """The last time before this at which quiet hours ended."""
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return _end_of_quiet(today if _end_of_quiet(today) <= at else today - DAY)


def _end_of_quiet(day: date) -> datetime:
    return datetime.combine(day, organisation.current().quiet_until, tzinfo=ZoneInfo(settings.TIME_ZONE))


def oldest(at: datetime, *, to_many: bool = True) -> datetime | None:
    """Since when the oldest notice waits that may leave: not while it was night, or held back."""
    rows = Notice.objects.filter(may_leave(at), urgency__lte=Urgency.MANY if to_many else Urgency.USUAL)
    due = rows.order_by("due_at").values_list("due_at", flat=True).first()
    if due is None:
        return None
    let_go = Hold.objects.aggregate(last=Max("ended_at"))["last"]
    return min(max(due, night_ended(at), let_go or due), at)


def sms_left(*, now: datetime) -> int:
    """How many SMS beside codes may still be paid for today (``SMS_A_DAY``); what is over waits for tomorrow."""
    midnight = now.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Notice.objects.filter(channel=Channel.SMS, claimed_at__gte=midnight)
    gone = today.exclude(template="code").exclude(status=NoticeStatus.QUEUED).count()
    return max(0, settings.SMS_A_DAY - gone)
