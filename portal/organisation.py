"""Whose installation this is: read everywhere, changed in one place."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from portal import brand
from portal.models import Organisation

KEY = "organisation"
SECONDS = 60


def current() -> Organisation:
    """The organisation's row, kept for a minute; neutral words before there is one."""
    row = cache.get(KEY)
    if row is None:
        row = Organisation.objects.first() or _nobody()
        cache.set(KEY, row, SECONDS)
    return row


def remembered() -> Organisation:
    """The same without asking the database: for pages that tell that it is away."""
    return cache.get(KEY) or _nobody()


def _nobody() -> Organisation:
    return Organisation(name_hi="संगठन", name_en="Organisation", help_phone="", help_hours_hi="", help_hours_en="")


@transaction.atomic
def save(**values: Any) -> Organisation:
    """Change the organisation and compute its readable colours.

    Raises ``brand.BadColour`` for a colour on which no text can be read.
    """
    row = Organisation.objects.filter(pk=1).first() or Organisation(pk=1)
    for field, value in values.items():
        setattr(row, field, value)
    colours = brand.colours(row.brand)
    row.on_brand, row.strong, row.tint = colours.on_brand, colours.strong, colours.tint
    row.save()
    cache.delete(KEY)
    return row
