"""One application, as colleagues see it: what was written, what happened, what may come next."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from applications import access as may_move
from applications import marks, summary, wishes
from applications.domain import appointing, publishing, reading, reviewing
from applications.forms.desk import AppointForm, MoveForm
from applications.models import Application
from applications.sieve import Sieve
from applications.states import Reason, Status
from applications.views import conflict, doubles, story, undoing
from committees import access
from committees.access import Right
from committees.domain import seats
from committees.forms.numbers import NumberForm
from committees.levels import ANCESTORS
from committees.models import Seat
from portal import audit, codes, dates, people, transitions
from portal.accounts.opening import PhoneTaken


def application(request, ref):
    """The whole page, or, beside the list, its middle part; that it was opened is written down."""
    row = _one(request, ref)
    reading.looked(application=row, by=request.user, now=timezone.now())
    return _page(request, row)


@require_http_methods(["GET", "POST"])
def move(request, ref):
    """Decide, or decide in pencil; then back to where one was. By GET, as after a log-in in between: the page."""
    row = _one(request, ref)
    if request.method == "GET":
        return redirect("applications:application", row.ref)
    form = MoveForm(request.POST, may=may_move.moves(row, user=request.user))
    if request.POST.get("opened", reviewing.shown(row)) != reviewing.shown(row):
        return _conflict(request, row)
    if not form.is_valid():
        return _page(request, row, move_form=form)
    now, given = timezone.now(), form.cleaned_data
    label = Status(given["to"]).label
    asked = {"to": given["to"], "code": given["code"], "reason": given["reason"], "by": request.user, "now": now}
    try:
        if request.POST.get("way") == "pencil":
            if not publishing.pencil(applications=[row], **asked):
                return _conflict(request, _one(request, ref))
            messages.success(request, _("%(name)s, in pencil: %(status)s.") % {"name": row.name, "status": label})
        else:
            done = reviewing.move_one(application=row, **asked)
            undoing.remember(request, done.batch, _("%(name)s: %(status)s.") % {"name": row.name, "status": label}, now)
    except (transitions.Stale, transitions.NotAllowed):
        return _conflict(request, _one(request, ref))
    return undoing.go_back(request, reverse("applications:application", args=[row.ref]))


def _conflict(request, row):
    """What a colleague decided meanwhile, beside what was wanted here."""
    last = audit.history(row).exclude(verb=reading.LOOKED).select_related("by__person").last()
    now_there = [(_("Status"), row.get_status_display())]
    if row.pencilled and row.pencilled != row.status:
        now_there.append((_("in pencil"), row.get_pencilled_display()))
    now_there.append((_("Reason"), row.reason or row.get_reason_code_display()))
    if last and last.by:
        now_there.append((_("Changed by"), f"{last.by.person.name}, {dates.moment(last.at)}"))
    wanted = request.POST.get("to")
    typed = [(_("Status"), Status(wanted).label if wanted in Status.values else "")]
    why = [dict(Reason.choices).get(request.POST.get("code"), ""), request.POST.get("reason", "")[:300]]
    typed.append((_("Reason"), ", ".join(str(part) for part in why if part)))
    return conflict.answer(
        request,
        saved=summary.Card("", row.name, now_there, [], []),
        typed=summary.Card("", row.name, typed, [], []),
        opened=reviewing.shown(row),
        keep_url=reverse("applications:application", args=[row.ref]),
        context={
            "nav": "applications",
            "heading": row.name,
            "may_again": wanted in may_move.moves(row, user=request.user),
        },
        page=conflict.OFFICE,
    )


@require_http_methods(["GET", "POST"])
def number(request, ref):
    """The whole phone number, on this one page, for a reason, and in the log. By GET: the page without it."""
    row = _one(request, ref)
    if not access.may(request.user, Right.READ_NUMBERS, row.unit):
        raise Http404
    if request.method == "GET":
        return redirect("applications:application", row.ref)
    form = NumberForm(request.POST, auto_id="number_%s")
    if not form.is_valid():
        return _page(request, row, number_form=form)
    shown = reading.read_number(application=row, by=request.user, now=timezone.now(), **form.cleaned_data)
    return _page(request, row, number=shown)


@cache_control(private=True, max_age=3600)
def photo(request, ref):
    row = _one(request, ref)
    if row.photo is None:
        raise Http404
    return HttpResponse(bytes(row.photo.image), content_type="image/webp")


@require_http_methods(["GET", "POST"])
def appoint(request, ref):
    """A seat for who was selected. By GET: the page."""
    row = _one(request, ref)
    if request.method == "GET":
        return redirect("applications:application", row.ref)
    form = AppointForm(request.POST, seats=_vacant(request, row))
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in ("seat", "term_ends", "shares_phone")}
        try:
            appointing.appoint(application=row, **answers, by=request.user, now=timezone.now())
        except (seats.SeatTaken, transitions.Stale, transitions.NotAllowed):
            form.add_error(None, _("Someone was quicker. Please look again."))
        except seats.TermPassed:
            form.add_error("term_ends", _("The term must end on a day to come."))
        except people.AnotherName as known:
            told = _("We know this number as that of %(name)s. If they are of one family, tick the box below.")
            form.add_error("shares_phone", told % {"name": known.person.name})
        except PhoneTaken as known:
            told = _("%(name)s already signs in with this number. This post needs a number of one's own.")
            form.add_error("seat", told % {"name": known.user.person.name})
        else:
            messages.success(request, _("Appointed. The letter is ready and the news is on its way."))
            return redirect("applications:application", row.ref)
    return _page(request, row, appoint_form=form)


def _one(request, ref):
    """The application by its number, however it was typed, for those who may read it."""
    try:
        ref = codes.read(ref)
    except codes.BadCode:
        raise Http404 from None
    units = [f"unit__{level}" for level in ANCESTORS]
    rows = Application.objects.select_related(*units, "drive__unit", "prompt", "photo", "link", "person")
    return access.get_or_404(rows, user=request.user, right=Right.REVIEW, ref=ref)


def _vacant(request, row):
    """Vacant seats at the applicant's unit and above it, as far as this colleague forms committees there."""
    line = [getattr(row.unit, f"{level}_id") for level in ANCESTORS]
    rows = Seat.objects.vacant().filter(unit__in=[row.unit_id, *filter(None, line)])
    return access.narrow(rows, user=request.user, right=Right.FORM).in_order()


def _page(request, row, *, move_form=None, appoint_form=None, number_form=None, number=""):
    moves = may_move.moves(row, user=request.user)
    forms_committees = row.status == Status.SELECTED and access.may(request.user, Right.FORM)
    asked = request.POST.get("query", "") if request.method == "POST" else request.GET
    sieve = Sieve(asked, user=request.user)
    is_part = "part" in request.GET
    back_to = reverse("applications:desk") if is_part else reverse("applications:application", args=[row.ref])
    context = {
        "nav": "applications",
        "application": row,
        "story": story.of(row),
        "wished": wishes.names(row.wishes),
        "moves": moves,
        "opened": reviewing.shown(row),
        "move_form": move_form or (MoveForm(may=moves) if moves else None),
        "appoint_form": appoint_form or (AppointForm(seats=_vacant(request, row)) if forms_committees else None),
        "number": number,
        "number_form": number_form or NumberForm(auto_id="number_%s"),
        "may_read_number": access.may(request.user, Right.READ_NUMBERS, row.unit),
        "undo": None if is_part else undoing.open_one(request),
        "found": marks.of(application=row, user=request.user),
        "tags": row.tags.all(),
        "pencilled": Status(row.pencilled) if row.pencilled and row.pencilled != row.status else None,
        "neighbours": ("", "") if is_part else sieve.neighbours(row),
        "query": sieve.address,
        # Never without a fragment: a browser would carry the form's own "#errors" on to where it is sent.
        "back_to": f"{back_to}?{sieve.address}#{f'row-{row.ref}' if is_part else ''}",
        "is_part": is_part,
        **doubles.of(row, request.user),
    }
    page = "applications/_one.html" if is_part else "applications/application.html"
    return TemplateResponse(request, page, context)
