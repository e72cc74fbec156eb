"""What every page's shell needs."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

from portal import organisation


def shell(request):
    """Organisation, the other language's address, and whether this is a demo."""
    return {
        "organisation": SimpleLazyObject(organisation.current),
        "language": get_language(),
        "other_language_url": other_language(request),
        "demo": settings.DEMO,
        "site_url": settings.SITE_URL,
    }


def other_language(request):
    """The address of this page in the other language."""
    path = request.get_full_path()
    if path.startswith("/en/"):
        return escape_leading_slashes(path[3:])
    return f"/en{path}"
