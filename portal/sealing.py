"""Personal values locked away for the year that the Rules ask, then destroyed.

DPDP Rules 2025, rule 8(3): what was processed is kept for a year from the
processing, for the purposes of the Seventh Schedule alone, then erased. So
"erased" means: at once out of every table, page, list and message, into a box
that nothing in the product opens; and the box is destroyed on its day.
"""

import base64
import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from portal.models import DataRequest, Sealed

YEAR = timedelta(days=366)
BATCH = 500


class _Encoder(DjangoJSONEncoder):
    """Pictures and files too."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes | memoryview):
            return {"base64": base64.b64encode(bytes(o)).decode()}
        return super().default(o)


def a_year_after(now: datetime) -> date:
    """The day on which what is sealed now is destroyed."""
    return timezone.localdate(now + YEAR)


@transaction.atomic
def seal(
    *, row: models.Model, fields: list[str], destroy_on: date, request: DataRequest | None = None, now: datetime
) -> Sealed | None:
    """Lock the values of these fields of a row away; ``None`` when all of them are empty. The row itself stays."""
    values = {field: getattr(row, field) for field in fields}
    values = {field: value for field, value in values.items() if value not in (None, "", [], {}, b"")}
    if not values:
        return None
    return Sealed.objects.create(
        kind=row._meta.label_lower,
        thing=str(row.pk),
        box=_locks().encrypt(json.dumps(values, cls=_Encoder, ensure_ascii=False).encode()),
        sealed_at=now,
        destroy_on=destroy_on,
        request=request,
    )


def opened(sealed: Sealed) -> dict[str, Any]:
    """What is in a box: for an authority that asks by law, from a shell, by two persons; no page calls this."""
    return json.loads(_locks().decrypt(bytes(sealed.box)))


def destroy_due(*, now: datetime) -> int:
    """Destroy the boxes whose day has come; how many there were. Safe to repeat."""
    destroyed = 0
    while due := list(
        Sealed.objects.filter(destroy_on__lte=timezone.localdate(now)).values_list("pk", flat=True)[:BATCH]
    ):
        destroyed += Sealed.objects.filter(pk__in=due).delete()[0]
    return destroyed


def _locks() -> MultiFernet:
    """Locks with ``SEAL_KEY``, any text of good length, and opens with the former keys too.

    A former key is needed for as long as its last box is kept: a year. Without a key nothing is sealed, and so
    nothing erased.
    """
    if not settings.SEAL_KEY:
        raise ImproperlyConfigured("SEAL_KEY is missing: see srijan.E013")
    return MultiFernet([_lock(key) for key in (settings.SEAL_KEY, *settings.SEAL_KEY_FALLBACKS)])


def _lock(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"seal {key}".encode()).digest()))
