"""Publish together what was decided in pencil."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.domain import publishing, reviewing
from applications.models import Application, Drive
from applications.sieve import Sieve
from applications.states import Reason, Status
from committees import access
from committees.access import Right
from portal.models import Job

SAMPLE = 5


@require_http_methods(["GET", "POST"])
def publish(request, slug):
    """What would go out, to whom, in which words; asking for it is the button of this page."""
    drives = Drive.objects.select_related("unit")
    drive = access.get_or_404(drives, user=request.user, right=Right.DECIDE, slug=slug)
    if request.method == "POST":
        try:
            job = publishing.ask(drive=drive, by=request.user, now=timezone.now())
        except publishing.NothingInPencil:
            messages.info(request, _("Nothing is in pencil any more."))
            return redirect("applications:publish", slug)
        return redirect("committees:job", job.key)
    rows = access.narrow(Application.objects.filter(drive=drive), user=request.user, right=Right.REVIEW)
    waiting = Job.objects.filter(kind=publishing.KIND, settings__drive=drive.pk, agreed_at=None, finished_at=None)
    context = {
        "nav": "applications",
        "drive": drive,
        "groups": [_group(line, rows) for line in publishing.outcomes(drive=drive, rows=rows)],
        "undecided": publishing.undecided(drive=drive, rows=rows).count(),
        "desk": Sieve(f"drive={drive.slug}", user=request.user),
        "waiting": waiting.select_related("asked_by__person").order_by("asked_at").first(),
        "minutes": reviewing.UNDO_FOR.seconds // 60,
    }
    return TemplateResponse(request, "applications/publish.html", context)


def _group(line, rows):
    """One outcome: how many, some of them, and what they will read."""
    of_it = rows.in_pencil().filter(pencilled=line.to, pencilled_code=line.code).select_related("drive", "unit")
    sample = list(of_it.order_by("-submitted_at", "-pk")[:SAMPLE])
    return {
        "status": Status(line.to),
        "reason": Reason(line.code).label if line.code else "",
        "count": line.n,
        "sample": sample,
        "news": reviewing.told(application=sample[0], to=line.to) if sample else "",
    }
