"""Batches of a series by district: proposed from who is not trained, looked at once more, made together."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees import access
from committees.access import Right
from training.domain import batching
from training.forms import BatchesForm, BatchSettingsForm
from training.views.series import load

AT_ONCE = 120  # batches on one page: what is left is proposed when these are made


def batches(request, slug):
    """How the batches are cut (by the address), a row for each that is lacking, the review, and all of them made."""
    one, now = load(request, slug), timezone.now()
    asked = BatchSettingsForm(request.GET, now=now)
    context = {"nav": "training", "series": one, "settings": asked, "asked": request.GET.urlencode()}
    if not asked.is_valid() or one.ended_at:
        return TemplateResponse(request, "training/batches.html", context | {"needs": [], "form": None})
    cut = {name: asked.cleaned_data[name] for name in ("capacity", "level")}
    places = batching.districts(access.units_of(request.user, Right.TRAIN).on(timezone.localdate(now)))
    needs = batching.needs(series=one, units=places, **cut, now=now)
    shown = _first(needs)
    sent = request.POST if request.method == "POST" else None
    form = BatchesForm(sent, needs=shown, settings=asked.cleaned_data, now=now)
    if sent and sent.get("do") in {"review", "create"} and form.is_valid():
        if sent["do"] == "create":
            absent = {"absent_share": asked.cleaned_data["absent_share"]}
            return _create(request, one, form, cut | absent, now)
        context |= {"form": form, "batches": form.batches, "people": _people(form.batches, shown)}
        return TemplateResponse(request, "training/batches_review.html", context)
    context |= {"form": form, "needs": needs, "left": sum(need.batches for need in needs) - len(form.rows)}
    return TemplateResponse(request, "training/batches.html", context)


def _first(needs):
    """As many districts as find room on the page, whole."""
    found, rows = [], 0
    for need in needs:
        rows += need.batches
        if rows > AT_ONCE and found:
            break
        if need.batches:
            found.append(need)
    return found


def _people(chosen, needs):
    """Those who will be invited, at most: the people who lack a seat in the districts that were ticked."""
    ticked = {batch.unit.pk for batch in chosen}
    return sum(need.lacking for need in needs if need.unit.pk in ticked)


def _create(request, series, form, cut, now):
    try:
        made = batching.plan_all(series=series, batches=form.batches, **cut, by=request.user, now=now)
    except batching.Ended:
        messages.warning(request, _("This series is taught no longer."))
    else:
        words = ngettext(
            "%(n)d batch is planned. Invitations go out by themselves.",
            "%(n)d batches are planned. Invitations go out by themselves.",
            len(made),
        )
        messages.success(request, words % {"n": len(made)})
    return redirect("training:series", series.slug)
