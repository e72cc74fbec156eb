"""Adjectives of interview days. Each one chains; none of them writes."""

from django.db import models
from django.db.models import Count, F, Q

from interviews.states import HERE, IN_PLAN, NOT_YET, Status

VOID = Q(application__status="WITHDRAWN") | (Q(status__in=NOT_YET) & ~Q(application__status="SHORTLISTED"))


class DayQuerySet(models.QuerySet):
    """Adjectives for interview days."""

    def for_list(self):
        """With what a row of the calendar shows, the newest day first."""
        here = Q(interviews__status__in=HERE)
        return (
            self.select_related("drive", "unit")
            .order_by("-date", "drive__slug")
            .annotate(
                panel_count=Count("panels", distinct=True),
                placed=Count("interviews", filter=Q(interviews__slot__isnull=False), distinct=True),
                came=Count("interviews", filter=here, distinct=True),
            )
        )


class InterviewQuerySet(models.QuerySet):
    """Adjectives for interviews.

    One whose application was withdrawn is void, and so is one not yet begun
    whose application left the shortlist: both by derivation.
    """

    def in_plan(self):
        return self.filter(status__in=IN_PLAN).exclude(VOID)

    def void(self):
        """Whose time may be given to another."""
        return self.filter(VOID, ~Q(status=Status.CANCELLED))

    def waiting(self):
        return self.in_plan().filter(status=Status.ARRIVED).order_by("queue_at", "token")

    def here(self):
        """Who carries a token today."""
        return self.in_plan().filter(status__in=HERE)

    def of_day(self, day):
        return self.filter(day=day)

    def with_person(self):
        return self.select_related(
            "application__unit__district", "application__unit__assembly", "application__person", "slot__panel", "panel"
        )

    def for_queue(self):
        return self.with_person().order_by(F("token").asc(nulls_last=True), "slot__starts_at", "pk")

    def for_plan(self):
        return self.with_person().order_by("slot__starts_at", "panel__name", "pk")


class SheetQuerySet(models.QuerySet):
    """Adjectives for score sheets."""

    def submitted(self):
        return self.filter(submitted_at__isnull=False)

    def visible_to(self, person_id):
        """One's own, and those of others only where one's own is handed in."""
        mine = self.model.objects.filter(panelist=person_id, submitted_at__isnull=False)
        return self.filter(
            Q(panelist=person_id) | Q(submitted_at__isnull=False, interview__in=mine.values("interview"))
        )
