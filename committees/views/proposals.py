"""Lists of committees that wait: for a yes, for being published, for being mended."""

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import access
from committees.access import Right
from committees.domain import proposing, publishing
from committees.forms.proposals import DecideForm
from committees.levels import ANCESTORS, Level
from committees.models import Appointment, Nomination, Proposal, Seat, Unit
from committees.models.formation import Purpose
from committees.rights import reaches
from committees.states import WRITABLE, ProposalStatus
from committees.views.forming import TOLD, with_lines, words_of
from portal import transitions

SHOWN = 50  # of each kind
S = ProposalStatus


def proposals(request):
    """What waits for me to approve, what may be published, and what was sent back to me."""
    everyone = Proposal.objects.filter(purpose=Purpose.COMMITTEE)
    above = {"right": Right.FORM, "unit": "unit__parent", "own": True}
    to_approve = access.narrow(everyone.filter(status=S.SENT), user=request.user, **above)
    to_approve = to_approve.exclude(needs_second=True, made_by=request.user)
    to_publish = access.narrow(everyone.filter(status=S.APPROVED), user=request.user, right=Right.FORM)
    returned = everyone.filter(status__in=[S.RETURNED, S.SENT], made_by=request.user)
    if not access.may(request.user, Right.FORM) and not access.may(request.user, Right.NOMINATE):
        raise Http404
    if request.method == "POST":
        return _publish_many(request, to_publish)
    context = {
        "to_approve": _shown(to_approve),
        "to_publish": _shown(to_publish),
        "mine": _shown(returned),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/proposals.html", context)


def proposal(request, pk):
    """One list as a difference, with what may be said to it."""
    rows = Proposal.objects.select_related(
        "unit__parent",
        "unit__district",
        "unit__assembly",
        "made_by__person",
        "decided_by__person",
        "override_by__person",
    )
    found = rows.filter(pk=pk, purpose=Purpose.COMMITTEE).first()
    if found is None or not _may_see(request.user, found):
        raise Http404
    lines = list(proposing.left(found).prefetch_related(_holders()))
    form = DecideForm(request.POST or None, lines=lines)
    status = 200
    if request.method == "POST" and form.is_valid():
        done = _act(request, found, form)
        if done:
            return redirect(done)
        status = 409
        found = rows.get(pk=pk)
    context = _page(request.user, found, form)
    return TemplateResponse(request, "committees/proposal.html", context, status=status)


def _page(user, found, form):
    now = timezone.now()
    done = found.nominations.exclude(appointment=None).select_related("person", "seat__post", "appointment")
    may_approve = access.may_approve(user, found.unit)
    counted = with_lines(found.unit, [], found, now)
    return counted | {
        "proposal": found,
        "unit": found.unit,
        "form": form,
        "rows": [(line, box, counted["faults"].get(line.pk, "")) for line, box in form.with_lines()],
        "done": done,
        "may_approve": may_approve and found.status == S.SENT and not _is_own(user, found),
        "is_own": may_approve and found.status == S.SENT and _is_own(user, found),
        "may_publish": found.status == S.APPROVED and access.may(user, Right.FORM, found.unit),
        "ready": any(line.says_yes is not False for line in form.lines),
        "may_set_aside": may_approve and not _is_own(user, found),
        "may_write": found.status in WRITABLE and access.may_propose(user, found.unit),
        "nav": "committees",
    }


def _act(request, found, form):
    """What was pressed, and which page goes on from there; nothing when somebody was quicker."""
    act, told = request.POST.get("act"), {"by": request.user, "now": timezone.now()}
    allowed = {
        "approve": access.may_approve(request.user, found.unit),
        "return": access.may_approve(request.user, found.unit),
        "aside": access.may_approve(request.user, found.unit),
        "publish": access.may(request.user, Right.FORM, found.unit),
        "finish": access.may(request.user, Right.FORM, found.unit),
        "rewrite": access.may_propose(request.user, found.unit),
    }
    if not allowed.get(act):
        raise Http404
    try:
        return DO[act](request, found, form, told)
    except (proposing.Stale, transitions.Stale, transitions.NotAllowed, publishing.NotApproved):
        messages.warning(request, _("A colleague changed this list in the meantime. This is how it stands now."))
        return None
    except TOLD as problem:
        for words in words_of(problem):
            messages.error(request, words)
    return _again(found)


def _approve(request, found, form, told):
    words = form.cleaned_data["override"]
    proposing.approve(proposal=found, override_reason=words, seen=_version(request), **told)
    messages.success(request, _("Approved. It can be published now."))
    return _again(found)


def _return(request, found, form, told):
    because, reasons = form.cleaned_data["because"], form.reasons()
    proposing.send_back(proposal=found, because=because, reasons=reasons, seen=_version(request), **told)
    messages.success(request, _("Sent back. Whoever made the list is told by SMS."))
    return reverse("committees:proposals")


def _aside(request, found, form, told):
    proposing.set_aside(proposal=found, reason=form.cleaned_data["override"], **told)
    return _again(found)


def _publish(request, found, form, told):
    chosen = {int(pk) for pk in request.POST.getlist("only") if pk.isdecimal()}
    if not chosen:
        messages.error(request, _("Tick the lines that are to be published."))
        return _again(found)
    try:
        made = publishing.publish(proposal=found, only=chosen, **told)
    except publishing.PublishedAlready:
        messages.info(request, _("These names are published already."))
    else:
        messages.success(request, _("Published. Letters and links to accept are on the way: %(n)s") % {"n": len(made)})
    return _again(found)


def _finish(request, found, form, told):
    publishing.finish(proposal=found, **told)
    return _again(found)


def _rewrite(request, found, form, told):
    proposing.take_back(proposal=found, **told)
    return f"{found.unit.committee_url}form/"


def _again(found):
    return reverse("committees:proposal", args=[found.pk])


DO = {
    "approve": _approve,
    "return": _return,
    "aside": _aside,
    "publish": _publish,
    "finish": _finish,
    "rewrite": _rewrite,
}


def _publish_many(request, within):
    """A job for all that were ticked."""
    ticked = [pk for pk in request.POST.getlist("only") if pk.isdecimal()]
    chosen = list(within.filter(pk__in=ticked).select_related("unit"))
    if not chosen:
        messages.error(request, _("Tick the lists that are to be published."))
        return redirect("committees:proposals")
    title = _("Publish committees: %(n)s") % {"n": len(chosen)}
    told = {"title": title, "reach": _over(request.user, chosen), "by": request.user, "now": timezone.now()}
    return redirect("committees:job", publishing.ask_for_many(proposals=chosen, **told).key)


def _over(user, lists):
    """The unit of the user's that lies over all of these lists; over those of several units, the state."""
    held = access.appointments_of(user, Right.FORM)
    over = (row.seat.unit for row in held if all(reaches(row, one.unit) for one in lists))
    return next(over, None) or Unit.objects.get(level=Level.STATE)


def _shown(rows):
    """With what a row of the page says, oldest first. Lines are counted apart: a row with its whole chain is wide."""
    rows = rows.select_related(*(f"unit__{level}" for level in ANCESTORS), "made_by__person")
    shown = list(rows.order_by("sent_at", "pk")[:SHOWN])
    open_lines = Nomination.objects.filter(proposal__in=shown, appointment=None).values_list("proposal")
    yes, no = (Count("pk", filter=Q(says_yes=says)) for says in (True, False))
    counted = {pk: numbers for pk, *numbers in open_lines.annotate(Count("pk"), yes=yes, no=no).order_by()}
    for row in shown:
        row.lines, row.yes, row.no = counted.get(row.pk, (0, 0, 0))
    return shown


def _holders():
    """Who sits now in the seat of each line: the left side of the difference."""
    sitting = Appointment.objects.current().select_related("person")
    seat_rows = Seat.objects.select_related("post").prefetch_related(Prefetch("appointments", sitting, to_attr="open"))
    return Prefetch("seat", seat_rows)


def _may_see(user, found):
    return access.may_propose(user, found.unit) or access.may_approve(user, found.unit)


def _is_own(user, found):
    return found.needs_second and found.made_by_id == user.pk


def _version(request):
    shown = request.POST.get("version", "")
    return int(shown) if shown.isdecimal() else None
