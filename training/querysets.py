"""Adjectives for series, workshops, sessions and enrolments. Each one chains; none of them writes."""

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone


def _marks(**at):
    """Who was there: the rows of attendance."""
    return apps.get_model("training.Attendance").objects.filter(**at)


class SeriesQuerySet(models.QuerySet):
    """Adjectives for series."""

    def taught(self):
        return self.filter(ended_at=None)

    def for_list(self, now):
        """With how many workshops lie ahead, and how many people hold a certificate."""
        ahead = Q(workshops__cancelled_at=None, workshops__starts_at__gt=now)
        holders = apps.get_model("training.Enrolment").objects.certified(now).filter(workshop__series=OuterRef("pk"))
        number = holders.order_by().values("workshop__series").annotate(n=Count("person", distinct=True)).values("n")
        rows = self.select_related("prerequisite").annotate(
            ahead=Count("workshops", ahead), certified=Coalesce(Subquery(number), Value(0), output_field=IntegerField())
        )
        return rows.order_by(F("ended_at").asc(nulls_first=True), "pk")


class WorkshopQuerySet(models.QuerySet):
    """Adjectives for workshops."""

    def on(self):
        """Not cancelled."""
        return self.filter(cancelled_at=None)

    def ahead(self, now):
        return self.on().filter(starts_at__gt=now)

    def inviting(self, now):
        """Ahead, and past the day from which invitations go out."""
        return self.ahead(now).filter(invites_from__lte=now)

    def with_numbers(self):
        """With how many are invited, come, wait, want another date, stay away, said nothing, and were there."""
        there = _marks(enrolment__workshop=OuterRef("pk")).order_by().values("enrolment__workshop")
        came = there.annotate(n=Count("enrolment", distinct=True)).values("n")
        return self.annotate(
            invited=Count("enrolments"),
            coming=Count("enrolments", Q(enrolments__answer="yes")),
            waiting=Count("enrolments", Q(enrolments__answer="waiting")),
            other=Count("enrolments", Q(enrolments__answer="other")),
            not_coming=Count("enrolments", Q(enrolments__answer="no")),
            silent=Count("enrolments", Q(enrolments__answer="")),
            came=Coalesce(Subquery(came), Value(0), output_field=IntegerField()),
        )

    def for_list(self):
        return self.select_related("unit", "series").with_numbers().order_by("-starts_at", "pk")


class SessionQuerySet(models.QuerySet):
    """Adjectives for sessions."""

    def with_numbers(self):
        """With how many were there."""
        return self.annotate(came=Count("attendances"))


class EnrolmentQuerySet(models.QuerySet):
    """Adjectives for enrolments."""

    def coming(self):
        return self.filter(answer="yes")

    def silent(self):
        return self.filter(answer="")

    def still_asked(self):
        """Who has said nothing and may still be waited for."""
        return self.silent().filter(lapsed_at=None)

    def staying(self):
        """Who has not said no to it, nor asked for another date."""
        return self.exclude(answer__in=["no", "other"])

    def waiting_longest_first(self):
        return self.filter(answer="waiting").order_by("answered_at", "pk")

    def attended(self):
        """Who was there at one session at least."""
        return self.filter(Exists(_marks(enrolment=OuterRef("pk"))))

    def certified(self, now):
        """Whose certificate is valid on this day."""
        valid = Q(certificate__valid_until=None) | Q(certificate__valid_until__gte=timezone.localdate(now))
        return self.filter(valid, certificate__isnull=False, certificate__revoked_at=None)

    def at_the_door(self):
        """Those who have a place, and those who came without one."""
        return self.filter(Q(answer="yes") | Exists(_marks(enrolment=OuterRef("pk"))))

    def matching(self, text):
        """By part of the name, or by the end of the phone number."""
        return self.filter(Q(person__name__icontains=text) | Q(person__phone__endswith=text))

    def in_order(self):
        return self.select_related("person", "workshop").order_by("person__name", "pk")

    def with_presence(self):
        """With at how many sessions each was there."""
        return self.annotate(present=Count("attendances"))

    def for_sheet(self):
        """With all that a row of the list shows, those with a place first."""
        first = models.Case(models.When(answer="yes", then=0), models.When(answer="waiting", then=1), default=2)
        rows = self.select_related("person", "certificate").with_presence()
        return rows.order_by(first, "person__name", "pk")

    def marked_at(self, session):
        """With the mark at this session: when, and how; empty for who was not there."""
        mark = _marks(enrolment=OuterRef("pk"), session=session)
        return self.annotate(here_at=Subquery(mark.values("marked_at")), here_how=Subquery(mark.values("how")))

    def opened(self):
        """With all that the personal page shows."""
        return self.select_related("person", "workshop__unit", "workshop__series", "certificate").with_presence()
