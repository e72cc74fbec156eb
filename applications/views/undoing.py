"""The ten minutes in which a colleague may take back their last decision."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.domain import reviewing

KEY = "desk_undo"


def remember(request, batch, told, now):
    """Offer the undoing of this batch on the coming pages."""
    request.session[KEY] = {"batch": batch, "told": told, "until": (now + reviewing.UNDO_FOR).isoformat()}


def open_one(request):
    """What can be taken back now: batch, told, until; ``None`` when the time is over."""
    kept = request.session.get(KEY)
    if not kept or parse_datetime(kept["until"]) <= timezone.now():
        return None
    return kept | {"until": parse_datetime(kept["until"])}


def forget(request):
    """Offer it no longer."""
    request.session.pop(KEY, None)


def undo(request, *, fallback):
    """Take back the batch that was posted, and go back to the page it was posted from."""
    try:
        back = reviewing.undo(batch=request.POST.get("batch", ""), by=request.user, now=timezone.now())
    except reviewing.TooLate:
        messages.error(request, _("There is nothing left to take back: ten minutes are over, or someone went on."))
    else:
        told = ngettext("%(count)s application is back where it was.", "%(count)s applications are back.", back)
        messages.success(request, told % {"count": back})
    forget(request)
    return go_back(request, fallback)


def go_back(request, fallback):
    """To the page of this site that the form named."""
    target = request.POST.get("next", "")
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe else fallback)
