"""Adjectives of interview days. Each one chains; none of them writes."""

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When

from interviews.states import HERE, IN_PLAN, NOT_YET, SheetSource, Status

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
        """In the order of the line: who has a reason to go first and was not called in vain, then by place."""
        first = Case(When(~Q(priority="") & Q(skips=0), then=0), default=1)
        return self.in_plan().filter(status=Status.ARRIVED).order_by(first, "queue_at", "token")

    def here(self):
        """Who carries a token today."""
        return self.in_plan().filter(status__in=HERE)

    def over(self):
        """Who is in the plan and came, or was noted as absent: those of whom something is decided."""
        return self.in_plan().filter(status__in=HERE | {Status.NO_SHOW})

    def of_day(self, day):
        return self.filter(day=day)

    def with_sheets(self):
        """With what tells whose sheets are missing (``completeness.owing``)."""
        rows = self.select_related("application", "panel", "slot", "day")
        return rows.prefetch_related("panel__memberships__person", "application__conflicts", "sheets")

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

    def counting(self):
        """Those whose marks decide: handed in, and agreed or checked by a second person where that is needed.

        A late one and a correction count once agreed, one from paper once
        checked; a correction that counts takes the place of all before it.
        """
        agreed = self.model.objects.filter(submitted_at__isnull=False, agreed_at__isnull=False)
        newer = agreed.filter(
            interview=OuterRef("interview"), panelist=OuterRef("panelist"), version__gt=OuterRef("version")
        )
        waits = Q(agreed_at=None) & (Q(version__gt=1) | ~Q(late_reason=""))
        unchecked = Q(source=SheetSource.PAPER, checked_at=None)
        return self.submitted().exclude(waits).exclude(unchecked).exclude(Exists(newer))

    def waiting_for_second(self):
        """Handed in, and not yet agreed to or checked by the second person they need."""
        agree = Q(agreed_at=None) & (Q(version__gt=1) | ~Q(late_reason=""))
        return self.submitted().filter(agree | Q(source=SheetSource.PAPER, checked_at=None))

    def newest(self):
        """Of each panel member and interview the last version, agreed to or not."""
        later = self.model.objects.filter(
            interview=OuterRef("interview"), panelist=OuterRef("panelist"), version__gt=OuterRef("version")
        )
        return self.exclude(Exists(later))

    def visible_to(self, person_id):
        """One's own, and those of others only where one's own is handed in."""
        mine = self.model.objects.filter(panelist=person_id, submitted_at__isnull=False)
        return self.filter(
            Q(panelist=person_id) | Q(submitted_at__isnull=False, interview__in=mine.values("interview"))
        )
