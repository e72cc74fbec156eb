"""The way out of messages to many: a page behind the link in each of them, with one button."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal import outbox, phones


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Stop them, or have them again; what concerns the person alone still comes."""
    notice = outbox.notice_of_link(token)
    if notice is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("again"):
            outbox.break_silence(phone=notice.phone, only_many=True)
        else:
            outbox.silence(phone=notice.phone, now=timezone.now(), only_many=True)
        return redirect("stop", token)
    context = {"is_stopped": outbox.is_silenced(notice.phone, only_many=True), "number": phones.masked(notice.phone)}
    return TemplateResponse(request, "stop.html", context)
