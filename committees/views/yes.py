"""The personal page of an appointment: yes, or no with a reason. No sign-in; the link is the key."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from committees.domain import leaving, letters, seats, showing
from committees.forms.answers import ReasonForm


@login_not_required
@never_cache
def accept(request, token):
    """Shows what is asked and takes the answer; afterwards it is the way to the letter."""
    try:
        appointment = letters.appointment_of(token)
    except letters.BadLink:
        raise Http404 from None
    form = ReasonForm()
    if request.method == "POST" and "shown" in request.POST:
        _show(appointment, request.POST["shown"] == "yes")
        return redirect("committees:accept", token)
    if request.method == "POST":
        form = ReasonForm(request.POST)
        if _answered(request, appointment, form):
            return redirect("committees:accept", token)
    context = {
        "appointment": appointment,
        "token": token,
        "form": form,
        "refusing": form.is_bound,
        "asked": None if appointment.until else leaving.heard_about(appointment),
    }
    response = TemplateResponse(request, "committees/accept.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _show(appointment, yes):
    if yes:
        showing.agree(appointment=appointment, now=timezone.now())
    else:
        showing.take_back(appointment=appointment, now=timezone.now())


def _answered(request, appointment, form):
    """Whether the answer was taken; a no without a reason is not."""
    now = timezone.now()
    try:
        if request.POST.get("answer") == "yes":
            seats.accept(appointment=appointment, now=now)
            if request.POST.get("named"):
                showing.agree(appointment=appointment, now=now)
        elif form.is_valid():
            seats.decline(appointment=appointment, reason=form.cleaned_data["reason"], now=now)
            messages.success(request, _("Your answer is noted. Thank you."))
        else:
            return False
    except seats.Ended:
        messages.warning(request, _("This appointment is already over."))
    except seats.AlreadyAccepted:
        messages.warning(request, _("You have accepted already. To leave, resign on this page."))
    return True
