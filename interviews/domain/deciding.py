"""What becomes of those interviewed: one person proposes, another approves, the news goes out."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from applications.domain import reviewing
from applications.models import Application, Drive
from applications.states import Reason as Applied
from committees.models import Post, Seat
from interviews.domain import conflicts, posts, ranking
from interviews.domain.conflicts import ConflictStands
from interviews.models import Decision, Interview, InterviewDay, ScoreSheet
from interviews.states import Outcome, Reason, Status
from portal import audit, names
from portal.models import User
from portal.transitions import NotAllowed, Stale

OVER = {Status.DONE, Status.NO_SHOW}
BETTER = [Outcome.SELECTED, Outcome.WAITING, Outcome.NOT_SELECTED]  # from good to bad
KINDS = {Reason.ABSENT: Applied.NO_SHOW, Reason.OTHER: Applied.OTHER}  # for whoever is not selected; else: no room


class NotOver(Exception):
    """The interview has not taken place, or nobody handed in marks."""


class NeedsWords(Exception):
    """The proposal goes against the ranking, or gives "another reason": it needs a sentence."""


class Frozen(Exception):
    """The results of this day are final."""


class SamePerson(Exception):
    """Nobody approves their own proposal."""


class ScoredIt(Exception):
    """Who gave marks cannot be the one who approves."""


class Approved(Exception):
    """It was approved; nothing is left to propose."""


class PostFull(Exception):
    """The post has fewer chairs in the committee than people would be selected for it."""


class Proposal(NamedTuple):
    """An outcome with its reason, and with the post that somebody is selected for, if it is known."""

    outcome: Outcome
    reason: Reason
    words: str
    post: Post | None


class Standing(NamedTuple):
    """Where everyone stands, over all closed days of the drive: rank, and what is proposed so far, by interview."""

    ranks: dict[int, int]
    outcomes: dict[int, str]


class Done(NamedTuple):
    """What became of many."""

    approved: list[Decision]
    left: list[Decision]


@transaction.atomic
def propose(
    *,
    interview: Interview,
    outcome: str,
    reason: str,
    words: str = "",
    post: Post | None = None,
    by: User,
    now: datetime,
) -> Decision:
    """Propose what becomes of one person; a later proposal takes the place of an earlier one.

    Raises ``NotOver``, ``NeedsWords``, ``ConflictStands``, ``Approved``, ``PostFull`` or ``Frozen``, and
    ``ValueError`` for an outcome or a reason that is not on the list, or a post without "selected".
    """
    return propose_many(interviews=[interview], outcome=outcome, reason=reason, words=words, post=post, by=by, now=now)[
        0
    ]


@transaction.atomic
def propose_many(
    *,
    interviews: Iterable[Interview],
    outcome: str,
    reason: str,
    words: str = "",
    post: Post | None = None,
    by: User,
    now: datetime,
) -> list[Decision]:
    """The same for several of one drive, the best first, all or none. Raises what ``propose`` raises."""
    proposal = Proposal(Outcome(outcome), Reason(reason), names.clean(words)[:250], post)
    rows = list(interviews)
    if not rows:
        return []
    _check_post(rows, proposal)
    standing = _standing(rows)
    together = {row.pk: proposal.outcome.value for row in rows}
    standing = Standing(standing.ranks, standing.outcomes | together)
    return [_propose(row, proposal, standing, by, now) for row in rows]


@transaction.atomic
def approve(*, decision: Decision, by: User, now: datetime) -> None:
    """Approve what another proposed: the application follows and the result goes out.

    Raises ``SamePerson``, ``ScoredIt``, ``ConflictStands``, ``NotAllowed``,
    or ``Stale`` when it was approved or proposed anew meanwhile.
    """
    check_second(interview=decision.interview, proposed_by=decision.proposed_by_id, by=by)
    seen = Decision.objects.filter(
        pk=decision.pk,
        approved_at=None,
        outcome=decision.outcome,
        post=decision.post_id,
        proposed_at=decision.proposed_at,
    )
    place = _next_place(decision) if decision.outcome == Outcome.WAITING else None
    if not seen.update(approved_by=by, approved_at=now, place=place):
        raise Stale(str(decision.pk))
    decision.approved_by, decision.approved_at, decision.place = by, now, place
    application = Application.objects.select_related("drive").get(pk=decision.interview.application_id)
    if application.status != decision.outcome:
        _follow(application, decision, by, now)
    audit.record(f"approved {decision.outcome.lower()}", decision, by=by, now=now)


@transaction.atomic
def approve_many(*, decisions: Iterable[Decision], by: User, now: datetime) -> Done:
    """Approve each that may be approved by this person, the best first; the others are left and given back.

    The first of those who go to the waiting list stands there before the others.
    """
    done, rows = Done([], []), list(decisions)
    if any(row.outcome == Outcome.WAITING for row in rows):
        ranks = _ranks([row.interview for row in rows])
        rows.sort(key=lambda row: ranks.get(row.interview_id, len(ranks) + 1))
    for decision in rows:
        try:
            approve(decision=decision, by=by, now=now)
        except (SamePerson, ScoredIt, ConflictStands, Stale, NotAllowed):
            done.left.append(decision)
        else:
            done.approved.append(decision)
    return done


def check_second(*, interview: Interview, proposed_by: int, by: User) -> None:
    """Who approves is somebody else, gave this person no marks and has no conflict.

    Raises ``SamePerson``, ``ScoredIt`` or ``ConflictStands``.
    """
    if proposed_by == by.pk:
        raise SamePerson(str(interview.pk))
    if ScoreSheet.objects.submitted().filter(interview=interview, panelist=by.person_id).exists():
        raise ScoredIt(str(interview.pk))
    conflicts.check(interview, by.person_id)


def _propose(interview: Interview, proposal: Proposal, standing: Standing, by: User, now: datetime) -> Decision:
    handed_in = ScoreSheet.objects.counting().filter(interview=interview)
    if interview.status not in OVER or (interview.status == Status.DONE and not handed_in.exists()):
        raise NotOver(str(interview.pk))
    conflicts.check(interview, by.person_id)
    out_of_order = _against_ranking(interview.pk, proposal.outcome, standing)
    if (out_of_order or proposal.reason == Reason.OTHER) and not proposal.words:
        raise NeedsWords(str(interview.pk))
    values = {**proposal._asdict(), "out_of_order": out_of_order, "proposed_by": by, "proposed_at": now}
    decision, is_new = Decision.objects.get_or_create(interview=interview, defaults=values)
    if not is_new:
        if not Decision.objects.filter(pk=decision.pk, approved_at=None).update(**values):
            raise Approved(str(decision.pk))
        for field, value in values.items():
            setattr(decision, field, value)
    audit.record(f"proposed {proposal.outcome.lower()}", decision, by=by, now=now, out_of_order=out_of_order)
    return decision


def _check_post(rows: list[Interview], proposal: Proposal) -> None:
    """As many at most as the committee has chairs of this post, whoever sits in them now. The drive's row is held."""
    if proposal.post is None:
        return
    if proposal.outcome != Outcome.SELECTED:
        raise ValueError(proposal.outcome)
    drive = Drive.objects.select_for_update().get(pk=rows[0].day.drive_id)
    others = posts.given(drive).filter(post=proposal.post).exclude(interview__in=rows)
    chairs = Seat.objects.filter(unit=drive.unit_id, post=proposal.post).of_committee()
    if others.count() + len(rows) > chairs.count():
        raise PostFull(proposal.post.code)


def _standing(rows: list[Interview]) -> Standing:
    if InterviewDay.objects.filter(interviews__in=rows, frozen_at__isnull=False).exists():
        raise Frozen(str(rows[0].day))
    outcomes = Decision.objects.filter(interview__day__drive=rows[0].day.drive_id)
    return Standing(_ranks(rows), dict(outcomes.values_list("interview", "outcome")))


def _ranks(rows: list[Interview]) -> dict[int, int]:
    """Over the closed days of the drive, and over the days of these interviews."""
    drive = rows[0].day.drive
    days = {day.pk: day for day in [*ranking.closed_days(drive), *(row.day for row in rows)]}
    found = ranking.rank_days(drive, days.values()).rows
    return {row.interview.pk: row.rank for row in found if row.rank is not None}


def _against_ranking(key: int, outcome: Outcome, standing: Standing) -> bool:
    """Is someone ranked higher left behind, or someone ranked lower ahead?"""
    place = standing.ranks.get(key)
    if place is None:
        return False
    for other, rank in standing.ranks.items():
        told = standing.outcomes.get(other)
        if rank < place and outcome == Outcome.SELECTED and told != Outcome.SELECTED:
            return True
        behind = BETTER.index(Outcome(told)) - BETTER.index(outcome) if told else 0
        if (rank < place and behind > 0) or (rank > place and behind < 0):
            return True
    return False


def _next_place(decision: Decision) -> int:
    """The end of the drive's waiting list; the row of the drive is held, so that two get two places."""
    drive = Drive.objects.select_for_update().get(pk=decision.interview.day.drive_id)
    taken = Decision.objects.filter(interview__day__drive=drive).aggregate(last=Max("place"))["last"]
    return (taken or 0) + 1


def _follow(application: Application, decision: Decision, by: User, now: datetime) -> None:
    """The application goes where it was decided; its reason is kept in the applicant's language."""
    reason = Reason(decision.reason)
    with translation.override(application.language):
        label = str(reason.label)
        post = decision.post.name if decision.post else ""
    words = f"{label}: {decision.words}" if decision.words else label
    code = KINDS.get(reason, Applied.NO_ROOM) if decision.outcome == Outcome.NOT_SELECTED else ""
    reviewing.move_one(application=application, to=decision.outcome, by=by, now=now, reason=words, code=code, post=post)
