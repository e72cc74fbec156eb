"""The results of one day, or of all closed days of a drive as one, as one person may see them."""

from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict

from applications.models import Drive
from applications.states import Status
from committees import access
from committees.access import Right
from interviews.domain import ranking
from interviews.domain.ranking import Row
from interviews.models import Decision, Interview, InterviewDay, PanelMember
from interviews.sifting import Sift
from portal.models import User


class Table:
    """``shown`` are all rows this person sees, ``rows`` those that the filters leave, in the order asked for.

    ``whole`` is false where somebody is out of this person's sight; then no
    place in the order is told, for whose row is missing could be read from the gap.
    """

    def __init__(self, query: QueryDict, *, user: User, drive: Drive, day: InterviewDay | None = None) -> None:
        self.user, self.drive, self.day = user, drive, day
        self.ranked = ranking.rank(day) if day else ranking.rank_drive(drive)
        mine = set(self.seen.values_list("pk", flat=True))
        self.shown = [row for row in self.ranked.rows if row.interview.pk in mine]
        out_of_sight = [row.interview for row in self.ranked.rows if row.interview.pk not in mine]
        self.whole = all(one.application.status == Status.WITHDRAWN for one in out_of_sight)  # gone, not hidden
        self._tell_decisions(mine)
        if not self.whole:
            for row in self.shown:
                row.rank, row.tied, row.tie = None, False, None
        self.sift = Sift(query, drive=drive, rows=self.shown, criteria=self.ranked.criteria, groups=self.groups)

    @cached_property
    def rows(self) -> list[Row]:
        return self.sift.of(self.shown)

    @property
    def seen(self) -> QuerySet[Interview]:
        """The interviews that this person may decide on; conflicts are not among them."""
        return decidable(user=self.user, drive=self.drive, day=self.day)

    @cached_property
    def groups(self) -> list[str]:
        """By which groups this person may look: never who gave marks in this drive."""
        if sat_on_a_panel(user=self.user, drive=self.drive):
            return []
        return ["women", "young"] if self.drive.asks_representation else ["young"]

    def named(self, refs: list[str]) -> list[Row]:
        """The rows of these application numbers, in the order of the ranking."""
        wanted = set(refs)
        return [row for row in self.shown if row.interview.application.ref in wanted]

    def _tell_decisions(self, mine: set[int]) -> None:
        found = Decision.objects.filter(interview__in=mine).select_related("proposed_by__person", "post")
        by_interview = {decision.interview_id: decision for decision in found}
        for row in self.shown:
            row.decision = by_interview.get(row.interview.pk)


def decidable(*, user: User, drive: Drive, day: InterviewDay | None = None) -> QuerySet[Interview]:
    """The interviews of a day, or of the closed days of a drive, that this person may decide on."""
    rows = Interview.objects.of_day(day) if day else Interview.objects.filter(day__in=ranking.closed_days(drive))
    return access.narrow(rows.in_plan(), user=user, right=Right.DECIDE, unit="day__unit")


def sat_on_a_panel(*, user: User, drive: Drive) -> bool:
    """Whoever judges in a drive is told nothing of the groups that applicants belong to."""
    return PanelMember.objects.filter(person=user.person_id, panel__day__drive=drive).exists()
