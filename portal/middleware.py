"""What is refused before any page reads it."""

from django.core.exceptions import BadRequest
from django.http import Http404, UnreadablePostError

NUL = "\x00"


class NoNullBytes:
    """A text with a null byte was written by a program, and PostgreSQL takes none.

    In an address it is a page that does not exist, in a form a bad request: words, not a crash.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if NUL in request.path_info or _has_one(request.GET):
            raise Http404
        if _has_one(_posted(request)):
            raise BadRequest
        return self.get_response(request)


def _posted(request):
    try:
        return request.POST
    except UnreadablePostError:  # the line was cut; the page finds that out by itself
        return {}


def _has_one(sent):
    return any(NUL in text for name in sent for text in (name, *sent.getlist(name)))
