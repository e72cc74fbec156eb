"""Adjectives of workshops and enrolments. Each one chains; none of them writes."""

from django.db import models


class WorkshopQuerySet(models.QuerySet):
    """Adjectives for workshops."""

    def ahead(self, now):
        return self.filter(starts_at__gt=now, cancelled_at=None)


class EnrolmentQuerySet(models.QuerySet):
    """Adjectives for enrolments."""

    def coming(self):
        return self.filter(answer="yes")

    def in_order(self):
        return self.select_related("person", "workshop").order_by("person__name", "pk")
