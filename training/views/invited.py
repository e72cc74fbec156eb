"""The pages of someone who is invited: by personal link, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal import calendars, documents, duties
from training.domain import inviting, moving, passes, qualifying, telling
from training.duties import key_of
from training.models import Answer, Enrolment
from training.views import device, learning

SAYS = {"yes", "no", "other"}
SHOWN = 6  # other dates
CLEARED = '"cache", "storage"'


@login_not_required
@never_cache
def rsvp(request, link_key):
    """When, where, and one tap: coming, not, or another date. Opening the link alone answers nothing."""
    enrolment = _load(link_key)
    if request.method == "POST" and request.POST.get("do") == "leave":
        return _leave(request, enrolment)
    said = request.POST.get("coming", "") if request.method == "POST" else ""
    try:
        if said in SAYS or "to" in request.POST:
            return redirect("training:rsvp", _answered(enrolment, said, request.POST.get("to", ""), timezone.now()))
    except inviting.TooLate:
        return _page(request, enrolment, trouble="late")
    except inviting.InAnother:
        return _page(request, enrolment, trouble="elsewhere")
    except moving.Full:
        return _page(request, enrolment, trouble="full")
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


def _load(link_key):
    return get_object_or_404(Enrolment.objects.opened(), link_key=link_key)


def _answered(enrolment, said, slug, now):
    """Do what was tapped; the key of the page to look at then."""
    if slug:
        to = get_object_or_404(moving.others(enrolment=enrolment, now=now), slug=slug)
        return moving.move(enrolment=enrolment, to=to, now=now).link_key
    if said == "other":
        moving.ask_for_another(enrolment=enrolment, now=now)
    else:
        inviting.answer(enrolment=enrolment, coming=said == "yes", now=now)
    return enrolment.link_key


def _leave(request, enrolment):
    """Somebody else's phone: it forgets the person and the kept pages."""
    response = redirect("home")
    device.let_go(request, response, enrolment)
    response["Clear-Site-Data"] = CLEARED
    return response


def _page(request, enrolment, *, trouble=""):
    now, workshop = timezone.now(), enrolment.workshop
    ahead = workshop.starts_at > now and not workshop.cancelled_at
    comes = enrolment.answer == Answer.YES and workshop.ends_at > now and not workshop.cancelled_at
    context = {"enrolment": enrolment, "workshop": workshop, "now": now, "trouble": trouble, "comes": comes}
    context["sessions"] = workshop.sessions.select_related("trainer")
    if ahead:
        context |= _choices(enrolment, workshop, now)
    if comes:
        context["pass_url"] = passes.link(enrolment)
    context |= learning.context_of(enrolment, now)
    response = TemplateResponse(request, "training/rsvp.html", context, status=409 if trouble else 200)
    response["X-Pass"] = "keep" if comes and not request.user.is_authenticated else "forget"
    if device.is_own(request, enrolment) and not workshop.cancelled_at:
        device.remember(request, response, enrolment)
    return response


def _choices(enrolment, workshop, now):
    """What to know before answering: other dates, whether seats are left, and what else is at that time."""
    time = {"starts": workshop.starts_at, "ends": workshop.ends_at}
    return {
        "others": list(moving.others(enrolment=enrolment, now=now)[:SHOWN]),
        "answer_by": qualifying.answer_by(enrolment, now),
        "is_full": workshop.enrolments.coming().count() >= workshop.capacity,
        "clashes": duties.at(person=enrolment.person_id, **time, but=key_of(workshop)),
    }


def _file(content, kind, name):
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
