"""A person's first page: where each role lands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Drive
from committees import access
from committees.access import Right
from portal import dates, requests


@login_not_required
def home(request):
    """Strangers see the open drives; people with duties go to their work."""
    if request.user.is_authenticated:
        _warn_of_requests(request)
        _warn_of_questions(request)
        target = landing(request.user)
        if target:
            return redirect(target)
    now = timezone.now()
    return TemplateResponse(request, "portal/home.html", {"drives": Drive.objects.open(now), "now": now})


def _warn_of_requests(request):
    """The oldest request about data that is late stands on the first page of the state office."""
    late = requests.overdue(timezone.now()).first() if access.may(request.user, Right.ASSIGN) else None
    if late:
        told = _("A request about data is late: it was to be answered by %(day)s.") % {
            "day": dates.short_date(late.due_on)
        }
        page = reverse("me:requests")
        messages.warning(request, format_html('{} <a href="{}">{}</a>', told, page, _("Requests about data")))


def _warn_of_questions(request):
    """How many in-charges wait for an answer of the state office."""
    if waiting := access.questions_waiting(request.user):
        told = ngettext("%(n)s question of an in-charge waits", "%(n)s questions of in-charges wait", waiting)
        page = reverse("committees:threads")
        messages.info(request, format_html('<a href="{}">{}</a>', page, told % {"n": waiting}))


def landing(user):
    """The name of the page this user's work begins on; ``None`` without duties."""
    if access.may(user, Right.PLAN):
        return "applications:desk"
    if access.may(user, Right.ADMINISTER):
        return "admin:index"
    if access.may(user, Right.REVIEW):
        return "committees:my"
    if user.person.panel_days.exists():
        return "interviews:my-panels"
    if access.may(user, Right.RECEIVE):
        return "interviews:days"
    if access.may(user, Right.TRAIN) or user.person.teaches.exists():
        return "training:workshops"
    return "committees:work"
