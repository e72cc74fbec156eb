"""Every district and its in-charge: what is, what is suggested, and what one colleague writes for another to see."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees import access, balance, reasons
from committees.access import Right
from committees.domain import candidacy, proposing, staffing
from committees.domain import incharges as choosing
from committees.forms.incharges import RulesForm
from committees.models import Nomination, Proposal
from committees.models.formation import Purpose
from committees.states import WRITABLE, ProposalStatus
from portal import names
from portal.people import AnotherName

SILENT = timedelta(days=2)  # after which an answer is overdue


@dataclass
class Row:
    """One chair as the page shows it. ``state`` is a word of the style sheet and of ``_incharge_state.html``."""

    chair: staffing.Chair
    state: str
    why: list = field(default_factory=list)
    offers: list = field(default_factory=list)
    wider: list = field(default_factory=list)
    pace: balance.Pace | None = None
    may_write: bool = False


def incharges(request):
    """The page, and what its buttons do."""
    top = top_or_404(request)
    form = RulesForm(request.GET)
    if request.method == "POST":
        return _act(request, top, form.rules)
    now = timezone.now()
    found = staffing.with_offers(staffing.table(top=top, rules=form.rules, user=request.user, now=now))
    lists = list(_lists(request.user))
    ours = next((one for one in lists if one.unit_id == top.pk), None)
    rows = _rows(found, now, may_write=ours is None or ours.status in WRITABLE)
    moving = request.GET.get("swap", "")
    context = {
        "rows": sorted(rows, key=lambda row: row.chair.holder is not None) if _first(request) else rows,
        "vacant": sum(row.state == "vacant" for row in rows),
        "listed": sum(row.state == "listed" for row in rows),
        "waiting": sum(row.state in ("waiting", "silent") for row in rows),
        "behind": sum(row.pace is not None and row.pace.is_behind for row in rows),
        "questions": access.questions_waiting(request.user),
        "refused": [(row.chair, gone) for row in rows for gone in row.chair.no[:1] if row.chair.holder is None],
        "vacant_first": _first(request),
        "form": form,
        "asked": _asked(request),
        "ours": ours,
        "writable": ours is None or ours.status in WRITABLE,
        "written": sum(row.chair.line is not None and row.chair.line.proposal_id == ours.pk for row in rows)
        if ours
        else 0,
        "for_me": [one for one in lists if one.status == ProposalStatus.SENT],
        "moving": next((row for row in rows if row.chair.line and str(row.chair.line.pk) == moving), None),
        "balance": balance.of(found, now),
        "nav": "committees",
    }
    return TemplateResponse(request, "committees/incharges.html", context)


def top_or_404(request):
    top = next(iter(access.tops(request.user, Right.ASSIGN)), None)
    if top is None:
        raise Http404
    return top


def _lists(user):
    """Lists of in-charges on their way that this colleague may see."""
    rows = Proposal.objects.filter(purpose=Purpose.INCHARGES, status__in=[*WRITABLE, ProposalStatus.SENT])
    rows = access.narrow(rows, user=user, right=Right.ASSIGN)
    return rows.select_related("unit", "made_by__person").order_by("pk")


def _rows(found, now, *, may_write):
    units = {chair.unit.code: chair.unit.name for chair in found.chairs}
    paces = balance.paces(found, now)
    chairs = sorted(found.chairs, key=lambda one: (names.sort_key(one.unit.name), one.seat.number))
    return [_row(chair, found, units, paces.get(chair.seat.pk), now, may_write) for chair in chairs]


def _row(chair, found, units, pace, now, may_write):
    row = Row(chair, _state(chair, now), pace=pace)
    line = chair.line
    row.may_write = line is not None and line.proposal.status in WRITABLE and line.proposal.unit_id == found.top.pk
    if line is not None and line.person_id:
        known = found.known.get(candidacy.key_of(line.person))
        row.why = reasons.in_words(line.reasons, units, marks=known is not None and known.candidate.score is not None)
    row.offers = [
        (one.candidate.key, found.known[one.candidate.key], reasons.in_words(one.reasons, units), may_write)
        for one in chair.offers
    ]
    row.wider = [(_wider(rules, found.rules), f"?home={rules.home}&most={rules.most}") for rules in chair.wider]
    return row


def _state(chair, now):
    if chair.line is not None and chair.line.person_id:
        return "listed"
    if chair.holder is None:
        return "vacant"
    if chair.holder.accepted_at:
        return "accepted"
    return "silent" if now - chair.holder.since >= SILENT else "waiting"


def _wider(rules, former):
    """The rule that would let somebody in, by its name."""
    if rules.home != former.home:
        return _("home district: any")
    return ngettext("%(n)s district for one person", "%(n)s districts for one person", rules.most) % {"n": rules.most}


def _act(request, top, rules):
    told = {"by": request.user, "now": timezone.now()}
    back = f"{request.path}{_asked(request)}"
    try:
        back += _acted(request, top, rules, told) or ""
    except proposing.Fixed:
        messages.warning(request, _("The list lies with a second person. Take it back to change it."))
    except (choosing.Nobody, AnotherName):
        messages.warning(request, _("This person cannot be chosen any more. Please look again."))
    except choosing.NoReason:
        messages.warning(request, _("Somebody sits there now. Replacing needs a reason."))
    except (proposing.Stale, proposing.AlreadyThere, proposing.LineDone, proposing.WrongSeat):
        messages.warning(request, _("Someone was quicker. Please look again."))
    return redirect(back)


def _acted(request, top, rules, told):
    """What the pressed button does; where on the page to land."""
    act, _colon, which = request.POST.get("act", "").partition(":")
    if act in ("fill", "anew"):
        made = choosing.fill(top=top, rules=rules, anew=act == "anew", **told)
        words = ngettext("%(n)s district got a suggestion", "%(n)s districts got a suggestion", made) % {"n": made}
        messages.success(request, words)
        return ""
    if act == "choose":
        seat = next(
            (one for one in staffing.seats_below(top, told["now"]) if str(one.pk) == request.POST.get("seat")), None
        )
        if seat is None:
            raise Http404
        choosing.choose(top=top, seat=seat, key=which, rules=rules, **told)
        return f"#c{seat.pk}"
    line = _line(request.user, which)
    if act == "drop":
        proposing.drop(nomination=line, **told)
    elif act in ("lock", "unlock"):
        choosing.lock(line=line, locked=act == "lock", **told)
    elif act == "pass":
        choosing.pass_over(line=line, rules=rules, **told)
    elif act == "swap":
        choosing.swap(one=line, other=_line(request.user, request.POST.get("with", "")), rules=rules, **told)
    else:
        raise Http404
    return f"#c{line.seat_id}"


def _line(user, key):
    rows = Nomination.objects.filter(appointment=None, proposal__purpose=Purpose.INCHARGES)
    rows = rows.select_related("person", "proposal__unit", "seat__unit", "seat__post")
    if not key.isdecimal():
        raise Http404
    return access.get_or_404(rows, user=user, right=Right.ASSIGN, unit="seat__unit", pk=key)


def _asked(request):
    """The rules and the order as the address says them, to be kept."""
    kept = request.GET.copy()
    kept.pop("swap", None)
    return f"?{kept.urlencode()}" if kept else ""


def _first(request):
    return request.GET.get("show") == "vacant-first"
