"""Adjectives of drives, drafts and applications. Each one chains; none writes."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum

from applications.states import DESK_ONLY, MOVES, RESULTS, Status
from committees import access
from committees.access import Right
from committees.levels import Level
from committees.models import Unit
from portal import codes, folding, names
from portal.kept import ShownRows

DECIDED_BY_PANEL = Q(interviews__decision__approved_at__isnull=False)
IN_PENCIL = ~Q(pencilled="") & ~Q(pencilled=F("status"))  # decided, not yet published


class DriveQuerySet(ShownRows):
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


class DraftQuerySet(models.QuerySet):
    """Adjectives for drafts."""

    def unfinished(self):
        return self.filter(submitted_as=None)


class ReadingMarkQuerySet(models.QuerySet):
    """Adjectives for the marks of readers."""

    def seen_by(self, user):
        """Given, and of applications that this user has not still to read: nobody sees others' marks before."""
        to_read = self.model._meta.get_field("reading").related_model.objects.filter(reader=user, read_at=None)
        given = self.filter(reading__read_at__isnull=False)
        return given.exclude(reading__application__in=to_read.values("application"))

    def means(self):
        """With ``mean`` by the weight of the criteria; say before what it is taken over."""
        weight = F("criterion__weight")
        return self.annotate(mean=Sum(F("mark") * weight) * 1.0 / Sum(weight))


class ApplicationQuerySet(models.QuerySet):
    """Adjectives for applications."""

    def under(self, unit):
        """From this unit or any unit below it."""
        return self.filter(unit.reach("unit"))

    def in_pencil(self):
        """Decided in pencil; what was published and is so now is not."""
        return self.filter(IN_PENCIL)

    def movable(self, *, user, to):
        """Those that this user may move to ``to``.

        Reading and shortlisting go with the applicant's unit; a result belongs to
        those who decide for the drive. Where there are interviews, they select.
        """
        rows = access.narrow(self, user=user, right=Right.REVIEW).exclude(DECIDED_BY_PANEL)
        rows = rows.filter(status__in=[was for was, targets in MOVES.items() if to in targets])
        drives = self.model._meta.get_field("drive").related_model.objects
        decided = drives.filter(interviews=False) if to == Status.SELECTED else drives.all()
        decided = access.narrow(decided, user=user, right=Right.DECIDE)
        if to in RESULTS:
            return rows.filter(drive__in=decided)
        return rows.filter(Q(drive__in=decided) | Q(status__in=DESK_ONLY))

    def matching(self, text):
        """See ``found_by``."""
        return self.filter(found_by(text, self.model._base_manager.all()))

    def with_score(self, user):
        """With ``score``: the weighted mean of the readers' marks; nothing while ``user`` has still to read it."""
        marks = self.model._meta.get_field("readings").related_model._meta.get_field("marks").related_model.objects
        given = marks.seen_by(user).filter(reading__application=OuterRef("pk"))
        return self.annotate(score=Subquery(given.order_by().values("reading__application").means().values("mean")))

    def scored(self, user):
        """Those whose score ``user`` sees, with it; asked of none that nobody has read."""
        marks = self.model._meta.get_field("readings").related_model._meta.get_field("marks").related_model.objects
        return self.filter(pk__in=marks.seen_by(user).values("reading__application")).with_score(user)

    def for_desk(self, user):
        """With all that a row on the desk shows to this user."""
        rows = self.select_related("unit__district", "unit__assembly", "drive", "link").prefetch_related("tags")
        return rows.with_score(user).defer("work", "roles")


PHONE_END = 4
REF_SIGNS = 8
AROUND = ",;:·|()।"  # around the words of a place that is copied from a page
NOWHERE = Q(pk__in=[])
SIGNS_FOR_ANY = str.maketrans({"-": "", "O": "0", "I": "1", "L": "1"})


def found_by(text, rows):
    """Every word is found: in the name or the place in either script, in the number, or a handle.

    A text of digits alone is the end of a phone number, however it is grouped; a number read
    aloud may stand in groups. ``rows`` are all applications: each word asks the index of the
    words and that of the places by itself.
    """
    words = [word for written in names.clean(text).split() if (word := written.strip(AROUND))]
    number = _digits(text)
    if len(number) >= PHONE_END and not any(sign.isalpha() for sign in text):
        return _by_word("".join(words), rows, Q(phone__endswith=number[-10:]))
    found = Q(*(_by_word(word, rows) for word in words))
    try:
        return found | Q(ref=codes.read(text, REF_SIGNS)) if len(words) > 1 else found
    except codes.BadCode:
        return found


def _by_word(word, rows, or_else=NOWHERE):
    """Where one word may be found."""
    if handle := _handle(word):
        return Q(links__icontains=handle)
    ref = "".join(_digits(sign) or sign for sign in word.upper()).translate(SIGNS_FOR_ANY)
    found = or_else | Q(name__icontains=word) | Q(place_note__icontains=word)
    if len(ref) >= 3:
        found |= Q(ref__startswith=ref)
    key = folding.key(word)
    if len(key) < 3:  # so short a key is in every third name: only where a name begins
        return found | Q(name_key__startswith=key) | Q(name_key__contains=f" {key}") if key else found
    found |= Q(name_key__contains=key)
    places = Unit.objects.filter(key__contains=key)
    ways = [found, Q(unit__in=places), Q(unit__mandal__in=places.filter(level=Level.MANDAL))]
    # Not one OR: no index serves a condition of which a part lies in another table.
    first, *others = (rows.filter(way).values("pk") for way in ways)
    return Q(pk__in=first.union(*others))


def _handle(word):
    """The account that a word names: ``@name``, an address copied from a browser, ``my_name``; else nothing."""
    path, mark, asked = word.partition("?")
    name = path.rstrip("/").rpartition("/")[2].removeprefix("@")
    if name.endswith(".php"):  # facebook.com/profile.php?id=1
        return f"{name}{mark}{asked}"
    return name if word.startswith("@") or "_" in word or ("/" in word and "." in word) else ""


def _digits(text):
    """Only the digits, Hindi ones too, as 0–9."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())
