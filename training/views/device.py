"""What this device holds of invitations: a signed cookie with the secrets of personal links, never a name or number."""

from django.conf import settings
from django.db.models import Q

from training.models import Enrolment

COOKIE = "train"
DAYS_60 = 60 * 24 * 60 * 60
MOST = 8  # a family's phone opens the links of several


def keys(request):
    held = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=DAYS_60)
    return [key for key in held.split(".") if key]


def is_own(request, enrolment):
    """Not a colleague who looks at somebody's page while signed in."""
    return not request.user.is_authenticated or request.user.person_id == enrolment.person_id


def remember(request, response, *enrolments):
    """The device has opened these personal links, or proved the number."""
    held = list(dict.fromkeys([*(one.link_key for one in enrolments), *keys(request)]))[:MOST]
    if held != keys(request):
        _write(response, held)


def let_go(request, response, enrolment):
    """Somebody else's phone: it forgets the person's links."""
    theirs = Enrolment.objects.filter(person=enrolment.person_id).values_list("link_key", flat=True)
    _write(response, [key for key in keys(request) if key not in set(theirs)])


def enrolments(request, workshop):
    """Who of those invited to this workshop holds the device: one, several of a family, or nobody we know."""
    mine = Q(person__enrolments__link_key__in=keys(request))
    if request.user.is_authenticated:
        mine = Q(person=request.user.person_id)
    return list(workshop.enrolments.opened().filter(mine).distinct().order_by("person__name", "pk"))


def _write(response, held):
    if not held:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_signed_cookie(
        COOKIE,
        ".".join(held),
        salt=COOKIE,
        max_age=DAYS_60,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
