"""A unit that moved is found by the address it had: whoever may see it is led to where it is now."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from committees import access
from committees.access import Right
from committees.models import OldAddress, Unit


class Moved(Http404):
    """Nothing is at this address any more; what was there has another ``path``. To others it is a missing page."""

    def __init__(self, path):
        super().__init__(path)
        self.path = path


def follow(user, path):
    """Raise ``Moved`` when a unit that this user may see was at ``path`` and no other one is there now."""
    left = OldAddress.objects.filter(path=path).select_related("unit").order_by("-left_at", "-pk")
    old = access.narrow(left, user=user, right=Right.VIEW).first()
    if old is not None and not Unit.objects.filter(path=path).exists():
        raise Moved(old.unit.path)


class OldAddresses:
    """Answers ``Moved`` with the same page of the present address. What is sent to an old address is not taken."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Moved) or request.method not in {"GET", "HEAD"}:
            return None
        match = request.resolver_match
        address = reverse(match.view_name, kwargs=match.kwargs | {"path": exception.path})
        query = request.META["QUERY_STRING"]
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
