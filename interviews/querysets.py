"""Adjectives of interview days. Each one chains; none of them writes."""

from django.db import models
from django.db.models import Q

from interviews.states import IN_PLAN, Status


class InterviewQuerySet(models.QuerySet):
    """Adjectives for interviews. One whose application was withdrawn is void, by derivation."""

    def in_plan(self):
        return self.filter(status__in=IN_PLAN).exclude(application__status="WITHDRAWN")

    def waiting(self):
        return self.in_plan().filter(status=Status.ARRIVED)

    def of_day(self, day):
        return self.filter(day=day)

    def for_queue(self):
        return self.select_related("application__unit__district", "slot__panel").order_by(
            models.F("token").asc(nulls_last=True), "slot__starts_at"
        )


class SheetQuerySet(models.QuerySet):
    """Adjectives for score sheets."""

    def submitted(self):
        return self.filter(submitted_at__isnull=False)

    def visible_to(self, person_id):
        """One's own, and those of others only where one's own is handed in."""
        mine = self.model.objects.filter(panelist=person_id, submitted_at__isnull=False)
        return self.filter(Q(panelist=person_id) | Q(submitted_at__isnull=False, interview__in=mine.values("interview")))
