"""What is true of every task that a worker takes: its queue is heard, and none kills workers without end."""

import logging
from typing import Any

import celery
from django.core.cache import cache
from django.utils import timezone
from django.utils.text import slugify

from portal import pulses
from portal.models import Pulse

AGAIN = 3  # times that a task is delivered anew when its worker died with it
REMEMBERED = 86_400  # seconds

log = logging.getLogger(__name__)


class Task(celery.Task):
    """A task whose beginning shows that its queue is heard.

    The broker delivers a task again when its worker died (late acknowledgement):
    one that kills its worker would go round for ever. After ``AGAIN`` times it is
    not begun any more but parked, where ``/health/`` names it.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        delivery = self.request.delivery_info or {}
        if not self.request.id or delivery.get("is_eager"):
            return self.run(*args, **kwargs)
        pulses.beat(name=delivery.get("routing_key") or "worker", now=timezone.now())
        if _deliveries(self.request.id) > 1 + AGAIN:
            return _park(self.name)
        return self.run(*args, **kwargs)


def _deliveries(task: str) -> int:
    """Which delivery of this call it is; forgotten with the broker, which then forgets the call too."""
    entry = f"delivered:{task}"
    cache.add(entry, 0, timeout=REMEMBERED)
    try:
        return cache.incr(entry)
    except ValueError:  # the shared cache went away between the two lines
        return 1


def _park(name: str) -> None:
    log.critical("%s was parked: %s workers died with it", name, 1 + AGAIN)
    length = Pulse._meta.get_field("name").max_length
    pulses.beat(name=f"{pulses.PARKED}{slugify(name.replace('.', '-'))}"[:length], note=name, now=timezone.now())
