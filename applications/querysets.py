"""Adjectives of drives, drafts and applications. Each one chains; none writes."""

from django.db import models
from django.db.models import Q

from applications.states import STILL_IN, Status
from portal import folding


class DriveQuerySet(models.QuerySet):
    """Adjectives for drives."""

    def open(self, now):
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def closing_within(self, span, now):
        return self.filter(closes_at__gt=now, closes_at__lte=now + span)


class DraftQuerySet(models.QuerySet):
    """Adjectives for drafts."""

    def unfinished(self):
        return self.filter(submitted_as=None)


class ApplicationQuerySet(models.QuerySet):
    """Adjectives for applications."""

    def still_in(self):
        return self.filter(status__in=STILL_IN)

    def ready_to_seat(self):
        return self.filter(status=Status.SELECTED)

    def under(self, unit):
        """From this unit or any unit below it."""
        return self.filter(unit.reach("unit"))

    def matching(self, text):
        """By part of the name in either script, the number, or the end of the phone."""
        wanted = Q(ref__startswith=text.upper().replace("-", ""))
        if any(character.isalpha() for character in text):
            for word in text.split():
                wanted |= Q(name_key__contains=folding.key(word)) if folding.key(word) else Q(name__contains=word)
        digits = "".join(str(int(character)) for character in text if character.isdecimal())
        if len(digits) >= 4:
            wanted |= Q(phone__endswith=digits[-10:])
        return self.filter(wanted)

    def for_desk(self):
        """With all that a row on the desk shows, newest first, in a stable order."""
        return self.select_related("unit__district", "unit__assembly", "drive").order_by("-submitted_at", "-pk")
