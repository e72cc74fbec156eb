"""The standby list on the day: who may be called when fewer come than were called. The planner makes the list."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from interviews.domain import hours
from interviews.domain.calling import call_url, organisation_name
from interviews.domain.scheduling import DayClosed
from interviews.models import Interview, InterviewDay
from interviews.states import Status
from portal import audit, dates, outbox
from portal.bilingual import spoken
from portal.models import Notice, User
from portal.transitions import Stale


def on_standby(day: InterviewDay) -> QuerySet[Interview]:
    """Who stands on the list and has not come yet, in its order."""
    rows = Interview.objects.of_day(day).in_plan().filter(standby__isnull=False, slot=None, status=Status.PLANNED)
    return rows.with_person().select_related("day").order_by("standby")


@transaction.atomic
def call(*, interview: Interview, by: User | None, now: datetime) -> None:
    """Ask one of the list to come now. Raises ``DayClosed``; ``Stale`` when a colleague called this person."""
    day = interview.day
    if day.locked_at:
        raise DayClosed(str(day))
    waiting = on_standby(day).filter(pk=interview.pk, standby_called_at=None).values_list("pk", flat=True)
    rows = Interview.objects.filter(pk__in=list(waiting), standby_called_at=None, status=Status.PLANNED)
    if not rows.update(standby_called_at=now):
        raise Stale(str(interview.pk))
    interview.standby_called_at = now
    audit.record("called from standby", interview, by=by, now=now)
    application, zone = interview.application, ZoneInfo(settings.TIME_ZONE)
    language, ends = application.language, hours.moment(day.date, day.ends)
    if now >= ends:
        return
    notice = Notice(
        key=f"standby_call:{interview.pk}",
        phone=application.phone,
        language=language,
        template="standby_call",
        context={
            "organisation": organisation_name(language),
            "time": dates.clock(ends.astimezone(zone), language),
            "place": spoken(day, "place", language),
            "url": call_url(application),
        },
        due_at=now,
        useful_until=ends,
    )
    outbox.queue([notice])
