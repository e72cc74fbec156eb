"""Background work: how far it is, what came of it, and whose agreement it waits for."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from committees import access
from committees.models import Unit
from portal import jobs
from portal.models import Job

SHOWN = 50


@never_cache
@require_GET
def mine(request):
    """My jobs, newest first, and those of others that wait for a second person such as me."""
    own = Job.objects.filter(asked_by=request.user).order_by("-asked_at", "-pk")[:SHOWN]
    return TemplateResponse(request, "committees/jobs.html", {"own": own, "waiting": _waiting(request.user)})


@never_cache
@require_GET
def job(request, key):
    """One job; the page looks again by itself until it is done."""
    found = _get_or_404(request.user, key)
    context = {
        "job": found,
        "waits": found.needs_second and not found.agreed_at and not found.finished_at,
        "mine": found.asked_by_id == request.user.pk,
        "has_file": _has_file(request.user, found),
        "kept_until": found.finished_at + jobs.KEPT if found.finished_at else None,
    }
    return TemplateResponse(request, "committees/job.html", context)


@require_POST
def agree(request, key):
    """The second person lets it begin."""
    found = _get_or_404(request.user, key)
    if found.asked_by_id == request.user.pk:
        raise Http404
    try:
        jobs.agree(job=found, by=request.user, now=timezone.now())
    except jobs.NotWaiting:
        messages.info(request, _("Someone was quicker: it needs no agreement any more."))
    else:
        messages.success(request, _("Agreed. The work begins within a minute."))
    return redirect("committees:job", key)


@never_cache
@require_GET
def file(request, key):
    """What the job made, for who asked for it."""
    found = _get_or_404(request.user, key)
    if found.asked_by_id != request.user.pk or not _has_file(request.user, found):
        raise Http404
    return StreamingHttpResponse(
        jobs.file_of(found),
        content_type=found.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{found.file_name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _has_file(user, job):
    """Is there a file, and is the right it was made with still there? It ends for what was taken out, too."""
    may = not job.right or access.may(user, job.right, Unit.objects.get(pk=job.reach))
    return may and bool(job.file_name) and job.parts.exists()


def _waiting(user):
    """Jobs this user may agree to: those of others, where they hold the right."""
    others = jobs.waiting_for_second().exclude(asked_by=user).select_related("asked_by__person").order_by("asked_at")
    return [job for job in others[:SHOWN] if _may_agree(user, job)]


def _may_agree(user, job):
    """A deputy does not agree in the giver's place."""
    return access.may_by_own_post(user, job.right, Unit.objects.get(pk=job.reach))


def _get_or_404(user, key):
    rows = Job.objects.select_related("asked_by__person", "agreed_by__person")
    found = rows.filter(Q(asked_by=user) | Q(needs_second=True), key=key).first()
    if found is None:
        raise Http404
    if found.asked_by_id != user.pk and not _may_agree(user, found):
        raise Http404
    return found
