"""The workshop and the session of an address, for those who may."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from committees import access
from committees.access import Right
from training.models import Workshop

LONGEST_KEY = 18  # digits of a row's key


def taught(request, slug, rows=None):
    """The workshop, for who plans or teaches it."""
    rows = Workshop.objects.select_related("unit") if rows is None else rows
    return access.get_or_404(rows, user=request.user, right=Right.TRAIN, slug=slug)


def managed(request, slug):
    """The workshop, for those with the right over the unit; who only teaches here may look and mark."""
    one = taught(request, slug)
    if not access.may(request.user, Right.TRAIN, one.unit):
        raise Http404
    return one


def session_of(workshop, number):
    """One session of the workshop; it knows its workshop."""
    session = get_object_or_404(workshop.sessions.select_related("trainer"), number=number)
    session.workshop = workshop
    return session


def key(text):
    """A row's key as a form sends it; what cannot be one finds nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else 0
