"""The pages of someone who is invited: by personal link, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal import calendars, documents
from training.domain import inviting, telling
from training.models import Enrolment


@login_not_required
@never_cache
def rsvp(request, link_key):
    """When, where, and one tap: coming or not. Opening the link alone answers nothing."""
    enrolment = _load(link_key)
    if request.method == "POST" and request.POST.get("coming") in {"yes", "no"}:
        try:
            inviting.answer(enrolment=enrolment, coming=request.POST["coming"] == "yes", now=timezone.now())
        except inviting.TooLate:
            return _page(request, enrolment, too_late=True)
        return redirect("training:rsvp", link_key)
    return _page(request, enrolment)


@login_not_required
@never_cache
def calendar(request, link_key):
    """The workshop for the phone's calendar; a moved one replaces the former entry."""
    enrolment = _load(link_key)
    workshop = enrolment.workshop
    if workshop.cancelled_at:
        raise Http404
    ics = calendars.event_ics(
        uid=f"{workshop.slug}@srijan",
        title=workshop.title,
        starts=workshop.starts_at,
        ends=workshop.ends_at,
        place=workshop.place,
        description=_("Training workshop"),
        url=telling.link(enrolment),
        now=timezone.now(),
    )
    return _file(ics, "text/calendar; charset=utf-8", "workshop.ics")


@login_not_required
@never_cache
def certificate(request, link_key):
    """The certificate as PDF, for the person themselves."""
    enrolment = _load(link_key)
    if enrolment.certificate is None or enrolment.certificate.revoked_at:
        raise Http404
    return _file(documents.pdf(enrolment.certificate), "application/pdf", "certificate.pdf")


def mine(request):
    """The invitations of the one who is signed in."""
    rows = Enrolment.objects.opened().filter(person=request.user.person_id).order_by("-workshop__starts_at", "-pk")
    context = {"nav": "training", "enrolments": rows, "now": timezone.now()}
    return TemplateResponse(request, "training/mine.html", context)


def _load(link_key):
    return get_object_or_404(Enrolment.objects.opened(), link_key=link_key)


def _page(request, enrolment, *, too_late=False):
    context = {"enrolment": enrolment, "workshop": enrolment.workshop, "now": timezone.now(), "too_late": too_late}
    return TemplateResponse(request, "training/rsvp.html", context, status=409 if too_late else 200)


def _file(content, kind, name):
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
