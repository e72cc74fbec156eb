"""Forming a committee: a list grows post by post, the mobile number first."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access, reports
from committees.access import Right
from committees.domain import consenting, norms, proposing, publishing, seats
from committees.domain.inducting import PhoneFull
from committees.models import Nomination, Unit
from committees.states import WRITABLE
from committees.views.committee import chairs
from portal import transitions
from portal.accounts.opening import PhoneTaken

OFFICE_RIGHTS = {Right.ASSIGN, Right.ADMINISTER}
TOLD = (  # what a person can do something about
    publishing.RulesBroken,
    publishing.Refused,
    proposing.AlreadyThere,
    proposing.Empty,
    proposing.NoReason,
    proposing.SamePerson,
    seats.CannotSit,
    seats.TermPassed,
    PhoneFull,
    PhoneTaken,
)


def form(request, path):
    """The committee as it sits and as the open list would have it; chairs of the office, for those who fill them."""
    here, rights = unit_or_404(request, path)
    may_propose = access.may_propose(request.user, here)
    if request.method == "POST":
        if not may_propose:
            raise Http404
        done = _act(request, here)
        if done is not None:
            return done
    now = timezone.now()
    rows = list(chairs(here, now).standing(now))
    office = [seat for seat in rows if not seat.post.in_committee and access.right_to_fill(seat.post) in rights]
    if not may_propose and not office and Right.ASSIGN not in rights:
        raise Http404  # an administrator fills chairs of the office, and there are none here
    proposal = proposing.open_of(here)
    committee = [seat for seat in rows if seat.post.in_committee] if may_propose else []
    may_write = may_propose and (proposal is None or proposal.status in WRITABLE)
    context = with_lines(here, committee, proposal, now) | {
        "vacant": [seat for seat in committee if may_write and not seat.open and not seat.line],
        "unit": here,
        "own": reports.own(here, now),
        "office": office,
        "proposal": proposal,
        "may_write": may_write,
        "at_once": access.may_form_alone(request.user, here),
        "may_view": Right.VIEW in rights,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/form.html", context, status=409 if request.method == "POST" else 200)


def with_lines(unit, committee, proposal, now):
    """The seats of a committee, each with ``line`` and its ``fault``; what is counted; who may still be asked."""
    rows = proposal.nominations.select_related("person", "seat__post", "seat__unit", "by__person") if proposal else []
    lines = [line for line in rows if line.appointment_id is None]
    faults = norms.of_lines(proposal=proposal, lines=lines, now=now) if proposal else {}
    by_seat = {line.seat_id: line for line in rows}
    for seat in committee:
        seat.line = by_seat.get(seat.pk)
        seat.fault = faults.get(seat.line.pk, "") if seat.line else ""
    return {
        "committee": committee,
        "lines": lines,
        "faults": faults,
        "meter": norms.meter(unit=unit, lines=lines, now=now) if committee or lines else None,
        "needs_second": proposal is not None and (proposal.needs_second or _relieves(committee)),
        "to_ask": [line for line in lines if line.person_id and line.says_yes is None and line.asked_at is None],
    }


def _relieves(committee):
    """Would the list end the time of somebody who said yes? Then it is not for one person (``proposing.send``)."""
    changed = [seat for seat in committee if seat.line and seat.line.appointment_id is None and seat.open]
    return any(seat.open[0].accepted_at for seat in changed)


def unit_or_404(request, path):
    """The unit, when this person may fill any post there or write a list, and the rights that say so."""
    here = Unit.objects.with_chain().select_related("parent").filter(path=path).first()
    rights = access.rights_at(request.user, here) if here else set()
    if here is None or (rights.isdisjoint(OFFICE_RIGHTS) and not access.may_propose(request.user, here)):
        raise Http404
    return here, rights


def seat_or_404(request, path, pk):
    """A chair that this person fills: of the committee by a list, of the office by right."""
    here, rights = unit_or_404(request, path)
    seat = chairs(here, timezone.now()).filter(pk=pk).first()
    if seat is None:
        raise Http404
    seat.unit = here  # with its chain
    may = access.may_propose(request.user, here) if seat.post.in_committee else False
    if not may and access.right_to_fill(seat.post) not in rights:
        raise Http404
    return seat


def words_of(problem):
    """Why it could not be done: whatever of ``TOLD`` the domain raised."""
    if isinstance(problem, publishing.RulesBroken):
        return problem.faults
    if isinstance(problem, seats.CannotSit):
        return [problem.words]
    return [
        {
            PhoneTaken: _("This post needs a sign-in, and someone else signs in with this number."),
            PhoneFull: _("Four people are known on this number already."),
            seats.TermPassed: _("The term must end after today"),
            proposing.AlreadyThere: _("Nothing to change: this person holds the post already."),
            proposing.Empty: _("There is nothing in this list yet."),
            proposing.NoReason: _("Write the reason in a few words"),
            proposing.SamePerson: _("Another person says yes to this list. Send it for approval."),
            publishing.Refused: _("One of those chosen said no."),
        }[type(problem)]
    ]


def _act(request, here):
    """What a button of the list asks for; nothing when somebody was quicker, and the page tells how it stands."""
    proposal = proposing.open_of(here)
    told = {"by": request.user, "now": timezone.now()}
    if proposal is None:
        raise Http404
    try:
        if "drop" in request.POST:
            proposing.drop(nomination=_line(proposal, request.POST["drop"]), seen=_version(request), **told)
        elif "ask" in request.POST:
            _ask([_line(proposal, request.POST["ask"])], request, told)
        else:
            _whole(request, proposal, _version(request), told)
    except (proposing.Stale, transitions.Stale, transitions.NotAllowed, proposing.Fixed, proposing.LineDone):
        messages.warning(request, _("A colleague changed this list in the meantime. This is how it stands now."))
        return None
    except TOLD as problem:
        for words in words_of(problem):
            messages.error(request, words)
    return redirect(f"{here.committee_url}form/")


def _version(request):
    """The version of the list that the page showed."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() else None


def _whole(request, proposal, version, told):
    """Send, take back, give up, publish or ask for the whole list."""
    act = request.POST.get("act")
    if act == "send":
        proposing.send(proposal=proposal, seen=version, **told)
        messages.success(request, _("The list is sent for approval."))
    elif act == "at-once" and access.may_form_alone(request.user, proposal.unit):
        made = publishing.at_once(proposal=proposal, seen=version, **told)
        messages.success(request, _("Published. Letters and links to accept are on the way: %(n)s") % {"n": len(made)})
    elif act == "take-back":
        proposing.take_back(proposal=proposal, **told)
    elif act == "discard":
        proposing.discard(proposal=proposal, seen=version, **told)
        messages.success(request, _("The list is given up."))
    elif act == "ask-all":
        waiting = proposing.left(proposal).filter(person__isnull=False, says_yes=None, asked_at=None)
        _ask(list(waiting), request, told)
    else:
        raise Http404


def _ask(lines, request, told):
    for line in lines:
        try:
            consenting.ask(nomination=line, **told)
        except consenting.NotAsked:
            messages.info(request, _("The answer is here already."))
            return
    messages.success(request, _("Asked by SMS: %(n)s") % {"n": len(lines)})


def _line(proposal, pk):
    rows = Nomination.objects.filter(proposal=proposal).select_related("proposal", "person", "seat__post", "seat__unit")
    line = rows.filter(pk=pk).first() if pk.isdecimal() else None
    if line is None:
        raise proposing.Stale(pk)
    return line
