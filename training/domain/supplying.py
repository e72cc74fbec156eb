"""What people take with them: files and links are put beside a workshop or a series, and taken away."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal import audit
from portal.models import User
from training.media import Received
from training.models import Material, Series, Workshop


@transaction.atomic
def add(
    *,
    to: Series | Workshop,
    title_hi: str,
    title_en: str = "",
    url: str = "",
    file: Received | None = None,
    by: User | None,
    now: datetime,
) -> Material:
    """One more file or link: exactly one of the two, as the table asks."""
    kept: dict[str, Any] = {"url": url}
    if file is not None:
        kept |= {"file_name": file.name, "media_type": file.media_type, "content": file.content}
        kept["size"] = len(file.content)
    owner = {"series": to} if isinstance(to, Series) else {"workshop": to}
    material = Material.objects.create(title_hi=title_hi, title_en=title_en, added_at=now, **owner, **kept)
    audit.record("material added", material, by=by, now=now)
    return material


@transaction.atomic
def remove(*, material: Material, by: User | None, now: datetime) -> None:
    """Nobody gets it any more; twice is once."""
    audit.record("material removed", material, by=by, now=now)
    Material.objects.filter(pk=material.pk).delete()
