"""A panel member's call, by personal link: when, where, in which room; and the word that one cannot come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from interviews.domain import answering, hours, telling


@login_not_required
@never_cache
def duty(request, sign):
    """Opening the link alone answers nothing."""
    try:
        own = telling.duty_of(sign)
    except telling.BadLink:
        raise Http404 from None
    now, day = timezone.now(), own.day
    if request.method == "POST":
        _answered(request, own, now)
        return redirect("interviews:duty", sign)
    is_open = not (day.cancelled_at or day.locked_at) and now < hours.moment(day.date, day.ends)
    context = {
        "duty": own,
        "day": day,
        "away": answering.absences(own),
        "may_answer": is_open,
    }
    response = TemplateResponse(request, "interviews/duty.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request, own, now):
    try:
        if request.POST.get("answer") == "no":
            answering.cannot_come(duty=own, why=request.POST.get("why", ""), now=now)
        elif request.POST.get("answer") == "yes":
            answering.can_come(duty=own, now=now)
            messages.success(request, _("Thank you, we have noted it."))
    except answering.TooLate:
        messages.warning(request, _("The day is over, or does not take place."))
