"""Signs of life: whoever runs by itself says that it did, so that silence can be seen."""

from datetime import datetime

from portal.models import Pulse

CLOCK = "clock"  # beat, or whoever calls ``manage.py tick``
BACKUP = "backup"  # said by the backup's own script: ``manage.py pulse backup``
OUTBOX = "outbox"  # a sweep sent what it could; its note says whether all had left then
PARKED = "parked-"  # before the name of a task that no worker survives


def beat(*, name: str, note: str = "", now: datetime) -> None:
    """``name`` is alive at ``now``; the last time is the only one that is kept. One statement: it is said often."""
    seen = Pulse(name=name, at=now, note=note)
    Pulse.objects.bulk_create([seen], update_conflicts=True, unique_fields=["name"], update_fields=["at", "note"])


def last() -> dict[str, Pulse]:
    """The last sign of each, by name."""
    return {pulse.name: pulse for pulse in Pulse.objects.all()}
