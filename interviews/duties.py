"""When a person sits on a panel, for whoever plans something else (``settings.DUTIES``)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from interviews.models import Panel
from portal.duties import Duty


def of(*, person: int, starts: datetime, ends: datetime) -> list[Duty]:
    """The panels of this person whose hours touch this time."""
    days = [timezone.localdate(starts), timezone.localdate(ends)]
    rows = Panel.objects.filter(members=person, day__cancelled_at=None, day__date__range=days).select_related("day")
    sits = [_sitting(panel) for panel in rows]
    return [duty for duty in sits if duty.starts_at < ends and duty.ends_at > starts]


def _sitting(panel: Panel) -> Duty:
    day, zone = panel.day, timezone.get_default_timezone()
    opens = datetime.combine(day.date, panel.opens or day.starts, zone)
    closes = datetime.combine(day.date, panel.closes or day.ends, zone)
    return Duty(f"panel:{panel.pk}", _("interview panel"), opens, closes)
