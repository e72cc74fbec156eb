"""Adjectives of workshops and enrolments. Each one chains; none of them writes."""

from django.db import models
from django.db.models import Count, Q


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
        """With how many are invited, come, wait, stay away, said nothing, and were there."""
        return self.annotate(
            invited=Count("enrolments"),
            coming=Count("enrolments", Q(enrolments__answer="yes")),
            waiting=Count("enrolments", Q(enrolments__answer="waiting")),
            not_coming=Count("enrolments", Q(enrolments__answer="no")),
            silent=Count("enrolments", Q(enrolments__answer="")),
            came=Count("enrolments__attendance"),
        )

    def for_list(self):
        return self.select_related("unit").with_numbers().order_by("-starts_at", "pk")


class EnrolmentQuerySet(models.QuerySet):
    """Adjectives for enrolments."""

    def coming(self):
        return self.filter(answer="yes")

    def silent(self):
        return self.filter(answer="")

    def waiting_longest_first(self):
        return self.filter(answer="waiting").order_by("answered_at", "pk")

    def attended(self):
        return self.filter(attendance__isnull=False)

    def at_the_door(self):
        """Those who have a place, and those who came without one."""
        return self.filter(Q(answer="yes") | Q(attendance__isnull=False))

    def matching(self, text):
        """By part of the name, or by the end of the phone number."""
        return self.filter(Q(person__name__icontains=text) | Q(person__phone__endswith=text))

    def in_order(self):
        return self.select_related("person", "workshop").order_by("person__name", "pk")

    def for_sheet(self):
        """With all that a row of the list shows, those with a place first."""
        first = models.Case(models.When(answer="yes", then=0), models.When(answer="waiting", then=1), default=2)
        rows = self.select_related("person", "attendance", "certificate")
        return rows.order_by(first, "person__name", "pk")

    def opened(self):
        """With all that the personal page shows."""
        return self.select_related("person", "workshop__unit", "attendance", "certificate")
