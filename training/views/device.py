"""What this device holds of invitations: a signed cookie with the secrets of personal links, never a name or number."""

from datetime import timedelta

from django.db.models import Q

from portal import devices
from training.models import Enrolment

COOKIE = "train"
FOR = timedelta(days=60)
MOST = 8  # a family's phone opens the links of several


def keys(request):
    return devices.held(request, COOKIE, for_=FOR)


def is_own(request, enrolment):
    """Not a colleague who looks at somebody's page while signed in."""
    return not request.user.is_authenticated or request.user.person_id == enrolment.person_id


def remember(request, response, *enrolments):
    """The device has opened these personal links, or proved the number."""
    held = list(dict.fromkeys([*(one.link_key for one in enrolments), *keys(request)]))[:MOST]
    if held != keys(request):
        devices.hold(response, COOKIE, held, for_=FOR)


def let_go(request, response, enrolment):
    """Somebody else's phone: it forgets the person's links."""
    theirs = Enrolment.objects.filter(person=enrolment.person_id).values_list("link_key", flat=True)
    devices.hold(response, COOKIE, [key for key in keys(request) if key not in set(theirs)], for_=FOR)


def enrolments(request, workshop):
    """Who of those invited to this workshop holds the device: one, several of a family, or nobody we know."""
    mine = Q(person__enrolments__link_key__in=keys(request))
    if request.user.is_authenticated:
        mine = Q(person=request.user.person_id)
    return list(workshop.enrolments.opened().filter(mine).distinct().order_by("person__name", "pk"))
