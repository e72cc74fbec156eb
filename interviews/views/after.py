"""After the decisions: the waiting list, the freeze, and the public record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications.models import Drive
from applications.states import Status
from committees import access
from committees.access import Right
from interviews.domain import freezing, promoting, recording
from interviews.domain import minutes as signing
from interviews.forms import PromoteForm
from interviews.models import Decision, Interview, Promotion, PublicRecord
from interviews.views.common import MISHAPS, day_or_404, number, seen, tell


def waiting(request, date, drive):
    """The waiting list of the drive in its order, and what is proposed from it."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    return _page(request, day, PromoteForm(drive=day.drive))


@require_POST
def promote(request, date, drive):
    """Propose one person for a free place, agree to a proposal, or take it back."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    verb, _colon, key = request.POST.get("do", "").partition(":")
    act = {"propose": _propose, "approve": _approve, "drop": _drop}.get(verb)
    if act is None:
        return redirect("interviews:waiting", *day.address)
    form = PromoteForm(request.POST, drive=day.drive)
    try:
        done = act(request, day, number(key), form)
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        if not done:
            return _page(request, day, form)
        messages.success(request, done)
    return redirect("interviews:waiting", *day.address)


@require_POST
def freeze(request, date, drive):
    """Keep the ranking as shown; nothing is proposed for this day any more."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    try:
        freezing.freeze(day=day, by=request.user, now=timezone.now())
    except freezing.Undecided as problem:
        words = _("%(count)d people have no approved decision yet: they are shown below with that filter.")
        messages.error(request, words % {"count": problem.count})
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, _("The results of this day are frozen, and the ranking is kept as it was shown."))
    return redirect("interviews:results", *day.address)


@require_safe
def minutes(request, date, drive):
    """The minutes for signature, without those whom this person may not see."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    if day.locked_at is None:  # until the doors close, marks of others are nobody's to read
        messages.error(request, MISHAPS[freezing.StillOpen])
        return redirect("interviews:results", *day.address)
    mine = seen(day, request.user, Right.DECIDE)
    hidden = set(Interview.objects.of_day(day).exclude(pk__in=mine.values("pk")).values_list("pk", flat=True))
    paper = signing.pdf(day=day, hidden=hidden, language=get_language())
    name = f'attachment; filename="minutes-{day.date}.pdf"'
    return HttpResponse(paper, content_type="application/pdf", headers={"Content-Disposition": name})


@require_POST
def publish(request, date, drive):
    """Put the record without names out."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    try:
        recording.publish(drive=day.drive, by=request.user, now=timezone.now())
    except tuple(MISHAPS) as problem:
        tell(request, problem)
        return redirect("interviews:results", *day.address)
    messages.success(
        request, _("The public record is out. Each applicant finds the own row by the code on their page.")
    )
    return redirect("interviews:record", day.drive.slug)


@login_not_required
def record(request, drive):
    """How a drive selected, for anyone; 404 until there is a record."""
    found = get_object_or_404(Drive.objects.select_related("unit"), slug=drive)
    newest = get_object_or_404(PublicRecord.objects.filter(drive=found).order_by("-made_at")[:1])
    field = "name_en" if get_language() == "en" else "name_hi"
    context = {
        "drive": found,
        "record": newest,
        "people": [row | {"word": Status(row["outcome"]).label} for row in newest.rows["people"]],
        "districts": [row | {"name": row[field] or row["name_hi"]} for row in newest.rows["districts"]],
        "criteria": [row | {"name": row[field] or row["name_hi"]} for row in newest.rows["criteria"]],
        "lots": newest.rows["lots"],
    }
    return TemplateResponse(request, "interviews/record.html", context)


def _propose(request, day, key, form):
    decision = get_object_or_404(_mine(request, Decision.objects.filter(pk=key, interview__day__drive=day.drive_id)))
    if not form.is_valid():
        return ""
    try:
        promoting.propose(decision=decision, by=request.user, now=timezone.now(), **form.cleaned_data)
    except promoting.NeedsWords as problem:
        form.add_error("words", MISHAPS[type(problem)])
        return ""
    return _("Proposed. A second person approves it.")


def _approve(request, day, key, form):
    promoting.approve(promotion=_promotion(request, day, key), by=request.user, now=timezone.now())
    return _("Approved. The news leaves in ten minutes.")


def _drop(request, day, key, form):
    promoting.drop(promotion=_promotion(request, day, key), by=request.user, now=timezone.now())
    return _("The proposal is taken back.")


def _promotion(request, day, key):
    mine = _mine(request, Decision.objects.filter(interview__day__drive=day.drive_id))
    rows = Promotion.objects.select_related("decision__interview__application")
    return get_object_or_404(rows, pk=key, decision__in=mine.values("pk"))


def _mine(request, rows):
    """The decisions this person may make; conflicts are not among them."""
    return access.narrow(rows, user=request.user, right=Right.DECIDE, unit="interview__day__unit")


def _page(request, day, form):
    line = promoting.line(day.drive)
    mine = _mine(request, line)
    proposed = promoting.open_ones(day.drive).filter(decision__in=mine.values("pk"))
    context = {
        "nav": "interviews",
        "day": day,
        "line": list(mine),
        "proposed": list(proposed),
        "form": form,
    }
    return TemplateResponse(request, "interviews/waiting.html", context, status=422 if form.errors else 200)
