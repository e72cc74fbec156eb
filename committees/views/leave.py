"""The personal page on which somebody resigns, or answers to a proposal to remove them. The link is the key."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from committees.domain import leaving, letters, seats
from committees.forms.answers import ReasonForm
from committees.forms.leaving import AnswerForm


@login_not_required
@never_cache
def leave(request, token):
    """What is proposed about me and my answer to it; and my own going."""
    try:
        appointment = letters.appointment_of(token)
    except letters.BadLink:
        raise Http404 from None
    asked = leaving.heard_about(appointment)
    if appointment.until or (appointment.accepted_at is None and asked is None):
        return redirect("committees:accept", token)
    answers = request.POST.get("do") == "answer"
    answer = AnswerForm(request.POST if answers else None, auto_id="answer_%s")
    resign = ReasonForm(request.POST if request.method == "POST" and not answers else None)
    if answer.is_valid() and asked:
        _answered(request, asked, answer.cleaned_data["reason"])
        return redirect("committees:leave", token)
    if resign.is_valid():
        _resigned(request, appointment, resign.cleaned_data["reason"])
        return redirect("committees:accept", token)
    context = {
        "appointment": appointment,
        "token": token,
        "asked": asked,
        "heard_until": leaving.still_heard_until(asked, timezone.now()) if asked else None,
        "answer": answer,
        "resign": resign,
    }
    response = TemplateResponse(request, "committees/leave.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request, asked, words):
    try:
        leaving.answer(ending=asked, words=words, now=timezone.now())
    except leaving.TooLate:
        messages.warning(request, _("The days for an answer are over."))
    except leaving.Decided:
        messages.info(request, _("Your answer is noted already."))
    else:
        messages.success(request, _("Your answer is noted. Thank you."))


def _resigned(request, appointment, reason):
    try:
        leaving.resign(appointment=appointment, reason=reason, now=timezone.now())
    except leaving.NotAccepted:
        messages.info(request, _("You have not accepted yet: say no here."))
    except seats.Ended:
        messages.warning(request, _("This appointment is already over."))
    else:
        messages.success(request, _("Your resignation is noted. Thank you for your work."))
