"""From an approved proposal to people in seats: whole, in part, at once, or many committees as a job."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.domain import leaving, norms, proposing, reaching, seats
from committees.models import Appointment, Nomination, Proposal, Seat, Unit
from committees.models.formation import Purpose
from committees.rights import Right
from committees.states import MOVES, ProposalStatus
from portal import audit, jobs, outbox, transitions
from portal.accounts.opening import PhoneTaken
from portal.jobs import Result
from portal.models import Job, Person, User

JOB = "committees.publish"
MANY = 100  # letters; so many leave only when a second person agreed


class NotApproved(Exception):
    """Nobody said yes to this proposal, or it is published already."""


class Refused(Exception):
    """Who was proposed said no; the line waits for somebody else."""


class PublishedAlready(Exception):
    """None of the lines that were named is open any more: a second tap of the same finger, or a colleague's."""


class RulesBroken(Exception):
    """The list as it would stand breaks rules: ``faults`` in words."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@transaction.atomic
def publish(*, proposal: Proposal, by: User, now: datetime, only: Collection[int] | None = None) -> list[Appointment]:
    """Seat those proposed, in the order of posts, with letters and news; who sat there before is relieved.

    ``only`` names lines by key; without it all are meant but those who said no.
    What is left keeps the proposal open. Who agreed beforehand has accepted.
    Raises ``NotApproved``, ``Refused``, ``PublishedAlready``, ``RulesBroken``, ``proposing.SamePerson``
    when somebody to be relieved said yes after one person alone had approved, and
    as ``seats.seat`` does; then nobody is seated.
    """
    _hold(proposal)
    lines = list(proposing.left(proposal))
    chosen = [line for line in lines if _is_meant(line, only)]
    if only is not None and not chosen:
        raise PublishedAlready(str(proposal.pk))
    if faults := norms.faults(proposal=proposal, lines=chosen, now=now):
        raise RulesBroken(faults)
    # all leave before anybody comes: people change seats within one list
    gone = [appointment for line in chosen for appointment in _empty(proposal, line, by, now)]
    coming = {line.person_id for line in chosen}
    for appointment in gone:
        if appointment.person_id not in coming:
            leaving.tell_relieved(appointment=appointment, now=now)
    made = [_seat(proposal, line, line.person, by, now) for line in chosen if line.person]
    audit.record("published", proposal, by=by, now=now, lines=len(chosen), left=len(lines) - len(chosen))
    if len(chosen) == len(lines):
        _close(proposal, by, now)
    return made


@transaction.atomic
def finish(*, proposal: Proposal, by: User, now: datetime) -> None:
    """Close a proposal that was published in part: what is left of it is given up. Raises ``NotApproved``."""
    _hold(proposal)
    if not proposal.nominations.exclude(appointment=None).exists():
        raise NotApproved(str(proposal.pk))
    left = list(proposing.left(proposal))
    audit.record_many("dropped", left, by=by, now=now)
    Nomination.objects.filter(pk__in=[line.pk for line in left]).delete()
    _close(proposal, by, now)


@transaction.atomic
def at_once(*, proposal: Proposal, by: User, now: datetime, seen: int | None = None) -> list[Appointment]:
    """Send, approve and publish by one press, where nobody else is asked. Raises as those three do."""
    proposing.send(proposal=proposal, by=by, now=now, seen=seen)
    proposing.approve(proposal=proposal, by=by, now=now)
    return publish(proposal=proposal, by=by, now=now)


@transaction.atomic
def appoint_now(*, seat: Seat, person: Person, by: User, now: datetime, term_ends: date | None = None) -> Appointment:
    """One person for one seat by one press; other lines of an open draft stay a draft. Raises as ``at_once``."""
    proposal = proposing.begin(unit=seat.unit, purpose=Purpose.COMMITTEE, by=by, now=now, term_ends=term_ends)
    line = proposing.nominate(proposal=proposal, seat=seat, person=person, by=by, now=now)
    proposing.send(proposal=proposal, by=by, now=now)
    proposing.approve(proposal=proposal, by=by, now=now)
    [appointment] = publish(proposal=proposal, by=by, now=now, only=[line.pk])
    if proposal.status == ProposalStatus.APPROVED:
        proposing.take_back(proposal=proposal, by=by, now=now)
    return appointment


def ask_for_many(*, proposals: Iterable[Proposal], title: str, reach: Unit, by: User, now: datetime) -> Job:
    """Publish these approved proposals in the background.

    Many letters leave when a second person, with a right at ``reach``, agreed.
    """
    chosen = list(proposals)
    letters = Nomination.objects.filter(proposal__in=chosen, appointment=None, person__isnull=False).count()
    return jobs.ask(
        kind=JOB,
        title=title,
        settings={"proposals": [proposal.pk for proposal in chosen]},
        right=Right.FORM,
        reach=reach.pk,
        needs_second=letters > MANY,
        by=by,
        now=now,
    )


def worker(*, job: Job, now: datetime) -> Result:
    """One committee after the other, each whole or not at all; what is published already is passed over."""
    keys = job.settings["proposals"]
    done, not_done = 0, []
    rows = Proposal.objects.filter(pk__in=keys).select_related("unit", "made_by__person").order_by("pk")
    for at, proposal in enumerate(rows.filter(status=ProposalStatus.APPROVED), start=1):
        try:
            reaching.check(user=job.asked_by, right=Right.FORM, unit=proposal.unit)
            publish(proposal=proposal, by=job.asked_by, now=now)
        except reaching.RightEnded:
            not_done.append(_("%(unit)s: you form this committee no more") % {"unit": proposal.unit.title})
        except RulesBroken as broken:
            not_done.append(f"{proposal.unit.title}: {'; '.join(broken.faults)}")
        except seats.CannotSit as problem:
            not_done.append(f"{proposal.unit.title}: {problem.words}")
        except NotApproved:  # a colleague published it, or took it back, meanwhile
            continue
        except (seats.TermPassed, PhoneTaken, proposing.SamePerson):
            not_done.append(_("%(unit)s: open the list, one line needs a look") % {"unit": proposal.unit.title})
        else:
            done += 1
        jobs.progress(job=job, done=at, total=len(keys))
    told = [_("Committees published: %(n)s") % {"n": done}, *not_done]
    return Result(outcome={"lines": told, "url": reverse("committees:proposals")})


def _is_meant(line: Nomination, only: Collection[int] | None) -> bool:
    if only is None:
        return line.says_yes is not False
    if line.pk in only and line.says_yes is False:
        raise Refused(str(line.pk))
    return line.pk in only


def _hold(proposal: Proposal) -> None:
    """Keep this approved list from others until this is done, as it stands now. Raises ``NotApproved``."""
    approved = Proposal.objects.select_for_update().filter(pk=proposal.pk, status=ProposalStatus.APPROVED)
    stands = approved.values("status", "needs_second", "override_reason", "term_ends", "form_by").first()
    if stands is None:
        raise NotApproved(str(proposal.pk))
    for name, value in stands.items():
        setattr(proposal, name, value)


def _empty(proposal: Proposal, line: Nomination, by: User, now: datetime) -> Iterator[Appointment]:
    """Relieve who sits in the seat of this line."""
    present = Appointment.objects.current(now).filter(seat=line.seat_id)
    for appointment in present.select_related("letter", "person", "seat__post", "seat__unit"):
        if appointment.accepted_at and not proposal.needs_second:
            raise proposing.SamePerson(str(line.pk))
        because = line.note or _("Another person takes over this post.")
        seats.end(appointment=appointment, reason=because, by=by, now=now)
        yield appointment


def _seat(proposal: Proposal, line: Nomination, person: Person, by: User, now: datetime) -> Appointment:
    dates = {"term_ends": proposal.term_ends, "form_by": proposal.form_by}
    appointment = seats.seat(person=person, seat=line.seat, by=by, now=now, **dates)
    Nomination.objects.filter(pk=line.pk).update(appointment=appointment)
    outbox.cancel(f"nomination:{line.pk}")  # what has not left yet: the letter's news asks the same
    if line.says_yes:
        seats.accept(appointment=appointment, now=now)
    return appointment


def _close(proposal: Proposal, by: User, now: datetime) -> None:
    transitions.move(proposal, to=ProposalStatus.PUBLISHED, table=MOVES, by=by, now=now, published_at=now)
