"""The gate to files that people handed in: for their own device and for those who review the application."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.models import Application, Attachment
from applications.views import device, holding
from committees import access
from committees.access import Right


@login_not_required
@never_cache
@require_safe
def file(request, pk):
    """One file, always to be saved, never shown inside a page of ours."""
    row = _own(request, pk) or _read(request, pk)
    if row is None:
        raise Http404
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _own(request, pk):
    drafts = [*device.keys(request, device.DRAFTS), *holding.keys(request)]
    mine = Q(draft__key__in=drafts) | Q(application__link_key__in=device.keys(request, device.OWN))
    return Attachment.objects.filter(mine, pk=pk).first()


def _read(request, pk):
    row = Attachment.objects.filter(pk=pk, application__isnull=False).first()
    readable = access.narrow(Application.objects.all(), user=request.user, right=Right.REVIEW)
    return row if row and readable.filter(pk=row.application_id).exists() else None
