"""A list of in-charges before it leaves: all lines, changes in bold; one colleague sends, another lets go."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees import access, reasons
from committees.access import Right
from committees.domain import candidacy, proposing, publishing, seats, staffing
from committees.domain import incharges as choosing
from committees.forms.answers import ReasonForm
from committees.forms.incharges import DatesForm
from committees.models import Appointment, Proposal
from committees.models.formation import Purpose
from committees.states import WRITABLE, ProposalStatus
from portal import names, transitions
from portal.accounts.opening import PhoneTaken

PRESSED_LATE = (proposing.Stale, transitions.Stale, transitions.NotAllowed, publishing.NotApproved)


def review(request, pk):
    """One list. Who made it sends it or takes it back; somebody else agrees or sends it back."""
    rows = Proposal.objects.filter(purpose=Purpose.INCHARGES).select_related(
        "unit", "made_by__person", "decided_by__person"
    )
    proposal = access.get_or_404(rows, user=request.user, right=Right.ASSIGN, pk=pk)
    act = request.POST.get("act", "")
    dates = DatesForm(request.POST if act == "send" else None, initial=_dates(proposal))
    because = ReasonForm(request.POST if act == "back" else None)
    if request.method == "POST" and _done(request, proposal, act, dates, because):
        return redirect("committees:incharges" if act != "take" else request.path)
    lines = _lines(proposal, request.user)
    context = {
        "proposal": proposal,
        "lines": lines,
        "new": sum(line["line"] is not None for line in lines),
        "may_write": proposal.status in WRITABLE,
        "may_decide": proposal.status == ProposalStatus.SENT and proposal.made_by_id != request.user.pk,
        "may_take": proposal.status == ProposalStatus.SENT and proposal.made_by_id == request.user.pk,
        "dates": dates,
        "because": because,
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/incharges_review.html", context)


def _dates(proposal):
    return {"term_ends": proposal.term_ends, "form_by": proposal.form_by}


def _lines(proposal, user):
    """Every chair the list could speak of, with who sits there and who is to come; of a done list its lines alone."""
    by_seat = {
        line.seat_id: line for line in proposal.nominations.select_related("person", "seat__unit", "appointment")
    }
    now = timezone.now()
    open_one = proposal.status not in (ProposalStatus.PUBLISHED, ProposalStatus.DROPPED)
    chairs = list(staffing.seats_below(proposal.unit, now)) if open_one else [line.seat for line in by_seat.values()]
    holders = {
        row.seat_id: row for row in Appointment.objects.current(now).filter(seat__in=chairs).select_related("person")
    }
    units = {chair.unit.code: chair.unit.name for chair in chairs}
    chairs.sort(key=lambda chair: (names.sort_key(chair.unit.name), chair.number))
    marked = candidacy.marked(user=user, now=now)
    return [_shown(chair, by_seat.get(chair.pk), holders.get(chair.pk), units, marked) for chair in chairs]


def _shown(chair, line, holder, units, marked):
    reads = line is not None and line.person is not None and (line.person.phone, line.person.share) in marked
    why = reasons.in_words(line.reasons, units, marks=reads) if line else []
    return {"chair": chair, "line": line, "holder": holder, "why": why}


def _done(request, proposal, act, dates, because):
    """Whether the button did what it says; else the page tells why not."""
    told = {"by": request.user, "now": timezone.now()}
    seen = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else None
    try:
        return _decided(request, proposal, act, dates, because, told, seen)
    except PRESSED_LATE:
        messages.warning(request, _("Someone was quicker. Please look again."))
    except proposing.SamePerson:
        messages.warning(request, _("Who made the list does not agree to it: a second person is needed."))
    except proposing.Empty:
        messages.warning(request, _("Nobody is on the list yet."))
    except seats.CannotSit as problem:
        messages.warning(request, problem.words)
    except seats.TermPassed:
        messages.warning(request, _("The term would end before it begins. Send the list back for another date."))
    except PhoneTaken:
        messages.warning(request, _("Someone else signs in with this number."))
    proposal.refresh_from_db()
    return False


def _decided(request, proposal, act, dates, because, told, seen):
    if act == "send" and dates.is_valid():
        choosing.send(proposal=proposal, **dates.cleaned_data, **told, seen=seen)
        messages.success(request, _("The list lies before a second person. No letter has left yet."))
        return True
    if act == "agree":
        made = choosing.release(proposal=proposal, **told, seen=seen)
        words = ngettext("%(n)s letter is on the way.", "%(n)s letters are on the way.", len(made)) % {"n": len(made)}
        messages.success(request, words)
        return True
    if act == "back" and because.is_valid():
        proposing.send_back(proposal=proposal, because=because.cleaned_data["reason"], reasons={}, **told, seen=seen)
        messages.success(request, _("Sent back. Whoever made the list is told."))
        return True
    if act in ("take", "discard"):
        step = proposing.take_back if act == "take" else proposing.discard
        step(proposal=proposal, **told)
        return True
    return False
