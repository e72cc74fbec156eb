"""Who may write what holds for a whole series."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from committees import access
from committees.access import Right
from training.models import Series


def series_or_404(request, slug):
    """A series, for those who train everywhere: what is written of it holds for all."""
    if not keeps_series(request.user):
        raise Http404
    return get_object_or_404(Series, slug=slug)


def keeps_series(user):
    """Does this person train everywhere?"""
    return any(top.is_root for top in access.tops(user, Right.TRAIN))
