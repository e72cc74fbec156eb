"""Adjectives of the trunk. Each one chains; none of them writes."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from committees.levels import ANCESTORS

TITLE = ["level", "number", "name_hi", "name_en"]  # what the title of a unit is made of


class UnitQuerySet(models.QuerySet):
    """Adjectives for units."""

    def on(self, day):
        """That exist on this day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))

    def under(self, unit):
        """This unit and all below it."""
        return self.filter(unit.reach())

    def with_chain(self):
        """With all ancestors, for the line of names under a unit."""
        return self.select_related(*ANCESTORS)

    def with_names(self):
        """The same, where nothing is told but ``title`` and the ``chain``'s titles."""
        above = ANCESTORS[1:]
        rows = ["", *(f"{level}__" for level in above)]
        return self.select_related(*above).only(*(f"{row}{word}" for row in rows for word in TITLE))


class SeatQuerySet(models.QuerySet):
    """Adjectives for seats."""

    def held(self, now=None):
        """In which someone sits whose term is not over."""
        return self.filter(self._holder(now))

    def open(self):
        """That are sanctioned: somebody may follow."""
        return self.filter(closed_on=None)

    def vacant(self, now=None):
        """That wait for somebody."""
        return self.open().filter(~self._holder(now))

    def standing(self, now=None):
        """That are sanctioned or still sat in."""
        return self.filter(Q(closed_on=None) | self._holder(now))

    def _holder(self, now):
        """EXISTS, not IN: the index that lets one person sit in a seat also answers who does."""
        appointments = self.model._meta.get_field("appointments").related_model.objects
        return Exists(appointments.current(now).filter(seat=OuterRef("pk")))

    def of_committee(self):
        """Sanctioned, and without in-charges and office posts, which are no committee members."""
        return self.open().filter(post__in_committee=True)

    def under(self, unit):
        return self.filter(unit.reach("unit"))

    def in_order(self):
        return self.select_related("post", "unit").order_by("post__order", "post_id", "number")


class AppointmentQuerySet(models.QuerySet):
    """Adjectives for appointments."""

    def current(self, now=None):
        """Neither ended nor past the term. Rights end with the term, to the day."""
        return self.filter(_goes_on(now))

    def lent(self, now=None):
        """Current ones of deputies, while the giver's own is current too: joined, for there are few of them."""
        there_is = {"lent_by__gt": 0}  # what is "not null" SQLite looks up in no index
        return self.current(now).filter(_goes_on(now, "lent_by__"), **there_is)

    def with_rights(self):
        """With all that ``rights.rights_of`` looks at."""
        giver = [f"lent_by__{to}" for to in ("seat__unit", "seat__post", "person__user")]
        return self.select_related("seat__unit", "seat__post", *giver)

    def accepted(self):
        return self.filter(accepted_at__isnull=False)

    def with_role(self, *roles):
        return self.filter(seat__post__role__in=roles)

    def under(self, unit):
        return self.filter(unit.reach("seat__unit"))

    def for_list(self):
        return self.select_related("person", "seat__post", "seat__unit").order_by("seat__post__order", "seat__number")


class ThreadQuerySet(models.QuerySet):
    """Adjectives for questions to the state office."""

    def with_state(self):
        """With the first words, since when it waits for the office, and when the office wrote last."""
        lines = self.model._meta.get_field("lines").related_model.objects.filter(thread=OuterRef("pk"))
        return self.annotate(
            begins=Subquery(lines.order_by("pk").values("words")[:1]),
            waits_since=Subquery(lines.unanswered().order_by("pk").values("made_at")[:1]),
            answered_at=Subquery(lines.filter(from_office=True).order_by("-pk").values("made_at")[:1]),
        )

    def waiting(self):
        """For the office, the longest first."""
        rows = self.with_state().filter(closed_at=None, waits_since__isnull=False)
        return rows.order_by("waits_since", "pk")

    def news(self):
        """Answered, and not looked at since."""
        return self.with_state().filter(answered_at__gt=F("seen_at")).order_by("answered_at", "pk")


class ThreadLineQuerySet(models.QuerySet):
    """Adjectives for the lines of questions."""

    def unanswered(self):
        """Of who asks, after which the office has written nothing."""
        later = self.model.objects.filter(thread=OuterRef("thread"), from_office=True, pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), from_office=False)


def _goes_on(now, prefix=""):
    """An appointment, or the one that ``prefix`` leads to, is neither ended nor past the term."""
    in_term = Q(**{f"{prefix}term_ends": None}) | Q(**{f"{prefix}term_ends__gte": timezone.localdate(now)})
    return in_term & Q(**{f"{prefix}until": None})
