"""Signs of life: whoever runs by itself says that it did, so that silence can be seen."""

from datetime import datetime

from portal.models import Pulse

CLOCK = "clock"  # beat, or whoever calls ``manage.py tick``
BACKUP = "backup"  # said by the backup's own script: ``manage.py pulse backup``


def beat(*, name: str, note: str = "", now: datetime) -> None:
    """``name`` is alive at ``now``; the last time is the only one that is kept."""
    Pulse.objects.update_or_create(name=name, defaults={"at": now, "note": note})


def last() -> dict[str, Pulse]:
    """The last sign of each, by name."""
    return {pulse.name: pulse for pulse in Pulse.objects.all()}
