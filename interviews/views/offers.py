"""Places that are offered: the office's page, and the applicant's yes or no by the personal link."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from applications.views import device
from committees import access
from committees.access import Right
from interviews.domain import offering, posts
from interviews.forms_offers import MoreTimeForm, OfferForm
from interviews.models import Decision, Offer
from interviews.states import OfferState
from interviews.views.common import MISHAPS, day_or_404, number, tell
from portal import transitions


def offers(request, date, drive):
    """Who is selected and was not asked yet, who was asked, and what they said."""
    return _page(request, day_or_404(request, date, drive, Right.DECIDE))


@require_POST
def send(request, date, drive):
    """Ask everyone ticked."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    form = OfferForm(request.POST)
    chosen = [number(text) for text in request.POST.getlist("decision")]
    if not chosen:
        form.add_error(None, _("Tick at least one person."))
    if not form.is_valid():
        return _page(request, day, asking=form)
    keys = list(_mine(request, day).filter(pk__in=chosen).values_list("pk", flat=True))
    told = {"by": request.user, "now": timezone.now()}
    try:
        sent = offering.send(drive=day.drive, decisions=keys, days=form.cleaned_data["days"], **told)
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        words = ngettext(
            "%(count)d person is asked. The message leaves in ten minutes.",
            "%(count)d people are asked. The messages leave in ten minutes.",
            len(sent),
        )
        messages.success(request, words % {"count": len(sent)})
    return redirect("interviews:offers", *day.address)


@require_POST
def extend(request, date, drive):
    """More time for one who has not answered, for a reason."""
    day = day_or_404(request, date, drive, Right.DECIDE)
    form = MoreTimeForm(request.POST)
    if not form.is_valid():
        return _page(request, day, longer=form)
    rows = offering.of_drive(day.drive).filter(decision__in=_mine(request, day).values("pk"))
    offer = get_object_or_404(rows, pk=number(request.POST.get("offer")))
    try:
        offering.extend(offer=offer, by=request.user, now=timezone.now(), **form.cleaned_data)
    except offering.NotLater as problem:
        form.add_error("days", MISHAPS[type(problem)])
        return _page(request, day, longer=form)
    except tuple(MISHAPS) as problem:
        tell(request, problem)
    else:
        messages.success(request, _("There is more time now, and the person is told so."))
    return redirect("interviews:offers", *day.address)


@login_not_required
@never_cache
def offer(request, ref):
    """Do you take the place? Only for the device that proved itself. A no is asked about once more."""
    if "k" in request.GET:
        return device.by_link(request, ref, "interviews:offer")
    application = device.application_of(request, ref)
    rows = Offer.objects.select_related("decision__post", "decision__interview__application__drive")
    found = rows.filter(decision__interview__application=application).first() if application else None
    if found is None:
        return redirect("applications:status", ref)
    now, said = timezone.now(), request.POST.get("answer")
    is_sure = said == "yes" or (said == "no" and "sure" in request.POST)
    if request.method == "POST" and is_sure:
        return _answered(request, application, found, takes_it=said == "yes", now=now)
    context = {
        "application": application,
        "drive": application.drive,
        "offer": found,
        "post": found.decision.post or posts.of_promoted(application.drive).get(found.decision_id),
        "state": offering.state_of(found, now),
        "asks_again": said == "no",
    }
    return TemplateResponse(request, "interviews/offer.html", context)


def _answered(request, application, found, *, takes_it, now):
    try:
        offering.answer(offer=found, takes_it=takes_it, now=now)
    except (offering.Closed, transitions.NotAllowed, transitions.Stale):
        messages.warning(request, MISHAPS[offering.Closed])
    else:
        messages.success(request, _("Thank you, we have noted it."))
    return redirect("interviews:offer", application.ref)


def _mine(request, day):
    """The decisions of this drive that this person may make; conflicts are not among them."""
    rows = Decision.objects.filter(interview__day__drive=day.drive_id)
    return access.narrow(rows, user=request.user, right=Right.DECIDE, unit="interview__day__unit")


def _page(request, day, *, asking=None, longer=None):
    now, mine = timezone.now(), _mine(request, day).values("pk")
    rows = list(offering.of_drive(day.drive).filter(decision__in=mine))
    unasked, promoted = list(offering.unasked(day.drive).filter(pk__in=mine)), posts.of_promoted(day.drive)
    for decision in [*unasked, *(row.decision for row in rows)]:
        decision.meant = decision.post or promoted.get(decision.pk)
    for row in rows:
        row.state = offering.state_of(row, now)
    states = Counter(row.state for row in rows)
    bad = [form for form in (asking, longer) if form is not None]
    context = {
        "nav": "interviews",
        "day": day,
        "unasked": unasked,
        "chosen": request.POST.getlist("decision"),
        "rows": rows,
        "counts": [(state.label, states[state]) for state in OfferState if states[state]],
        "waits": bool(states[OfferState.OPEN]),
        "free": offering.free_places(day.drive),
        "asking": asking or OfferForm(),
        "longer": longer or MoreTimeForm(auto_id="more_%s"),
        "errors": [error for form in bad for errors in form.errors.values() for error in errors],
    }
    return TemplateResponse(request, "interviews/offers.html", context, status=422 if bad else 200)
