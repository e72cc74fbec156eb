"""The personal page of a proposed post: yes, or no with a reason. No sign-in; the link is the key."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from committees.domain import consenting, letters
from committees.forms.answers import ReasonForm
from committees.states import OPEN


@login_not_required
@never_cache
def consent(request, token):
    """Shows what is asked and takes the answer; once published it leads to the page of the appointment."""
    try:
        nomination = consenting.nomination_of(token)
    except consenting.BadLink:  # also of who was asked before another name came into the line
        return _page(request, {"is_open": False}, status=404)
    if nomination.appointment is not None:
        return redirect("committees:accept", letters.token_of(nomination.appointment))
    form = ReasonForm(request.POST if request.POST.get("answer") == "no" else None)
    if request.method == "POST" and _answered(request, nomination, form):
        return redirect("committees:consent", token)
    context = {
        "nomination": nomination,
        "form": form,
        "refusing": form.is_bound,
        "is_open": nomination.proposal.status in OPEN,
    }
    return _page(request, context)


def _page(request, context, status=200):
    response = TemplateResponse(request, "committees/proposal_consent.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request, nomination, form):
    """Whether the answer was taken; a no without a reason is not."""
    yes = request.POST.get("answer") == "yes"
    if not yes and not form.is_valid():
        return False
    because = "" if yes else form.cleaned_data["reason"]
    try:
        consenting.answer(nomination=nomination, yes=yes, because=because, now=timezone.now())
    except consenting.Over:
        messages.warning(request, _("This question is over."))
    else:
        messages.success(request, _("Your answer is noted. Thank you."))
    return True
