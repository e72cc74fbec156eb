"""Adjectives of drives, drafts and applications. Each one chains; none writes."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from applications.states import STILL_IN, Status
from portal import folding, names


class DriveQuerySet(models.QuerySet):
    """Adjectives for drives."""

    def open(self, now):
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def closing_within(self, span, now):
        return self.filter(closes_at__gt=now, closes_at__lte=now + span)

    def with_last_extension(self):
        """With ``closed_until`` and ``extended_at`` of the newest extension that was agreed to; else nothing."""
        agreed = self.model._meta.get_field("extensions").related_model.objects.agreed()
        newest = agreed.filter(drive=OuterRef("pk")).order_by("-agreed_at", "-pk")
        return self.annotate(
            closed_until=Subquery(newest.values("was")[:1]), extended_at=Subquery(newest.values("agreed_at")[:1])
        )


class ExtensionQuerySet(models.QuerySet):
    """Adjectives for extensions of a deadline."""

    def proposed(self):
        """Those that wait for a second person."""
        return self.filter(agreed_at=None, dropped_at=None)

    def agreed(self):
        return self.filter(agreed_at__isnull=False)


class ShareLinkQuerySet(models.QuerySet):
    """Adjectives for links."""

    def with_results(self):
        """With ``scanned``, ``begun`` and ``handed_in``: each counted by itself, so that none multiplies another."""

        def counted(relation, total):
            rows = self.model._meta.get_field(relation).related_model.objects.filter(link=OuterRef("pk"))
            return Coalesce(Subquery(rows.order_by().values("link").annotate(n=total).values("n")), 0)

        return self.annotate(
            scanned=counted("scans", Sum("count")),
            begun=counted("drafts", Count("pk")),
            handed_in=counted("applications", Count("pk")),
        )


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
        """Every word is found: in the name or the place in either script, in the number, or a handle.

        A text of digits alone is the end of a phone number, however it is grouped.
        """
        words = names.clean(text).split()
        number = _digits(text)
        if len(number) >= PHONE_END and not any(sign.isalpha() for sign in text):
            return self.filter(Q(phone__endswith=number[-10:]) | _by_word("".join(words)))
        return self.filter(*map(_by_word, words))

    def for_desk(self):
        """With all that a row on the desk shows."""
        return self.select_related("unit__district", "unit__assembly", "drive", "link").defer("work", "roles")


PHONE_END = 4
SIGNS_FOR_ANY = str.maketrans({"-": "", "O": "0", "I": "1", "L": "1"})


def _by_word(word):
    """Where one word may be found."""
    if word.startswith("@"):
        return Q(links__icontains=word[1:])
    ref = "".join(_digits(sign) or sign for sign in word.upper()).translate(SIGNS_FOR_ANY)
    found = Q(name__icontains=word)
    if len(ref) >= 3:
        found |= Q(ref__startswith=ref)
    if key := folding.key(word):
        found |= Q(name_key__contains=key)
        found |= Q(unit__key__contains=key) if len(key) >= 3 else Q()
    return found


def _digits(text):
    """Only the digits, Hindi ones too, as 0–9."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())
