"""Which day it is, where the clock of the installation hangs."""

from datetime import date, datetime

from django.utils import timezone


def day_of(now: datetime) -> date:
    """The day in the installation's time zone on which ``now`` falls."""
    return now.astimezone(timezone.get_default_timezone()).date()
