"""The second pair of eyes: another worker than the sender's looks each minute whether notices leave."""

import logging
from datetime import datetime, timedelta

from portal import pulses
from portal.models import Pulse
from portal.outbox import leaving, lost, sending

SILENT = timedelta(minutes=3)  # without a sweep, while something waits: nobody sends

log = logging.getLogger(__package__)


def mend(*, now: datetime) -> dict[str, int]:
    """Free what a dead sweep reserved, give up what a dead sender had in hand, drop what is of no use any more.

    When nobody sends although something waits, it says so aloud and sends itself. A second run at once finds nothing.
    """
    done = {
        "freed": lost.free_the_reserved(now),
        "unknown": lost.give_up_the_lost(now),
        "too_late": lost.drop_what_is_too_late(now),
        "sent": 0,
    }
    if stands_still(now):
        log.critical("notices wait and nobody sends them: is the worker of the urgent queue deaf?")
        done["sent"] = sending.send_due(now=now)["sent"]
    if any(done.values()):
        log.info("mended: %s", done)
    return done


def stands_still(now: datetime) -> bool:
    """Something waits, and no sweep was seen for ``SILENT``."""
    since = leaving.oldest(now)
    if since is None or now - since < SILENT:
        return False
    swept = Pulse.objects.filter(name=pulses.OUTBOX).values_list("at", flat=True).first()
    return swept is None or now - swept >= SILENT
