"""The drafts that a colleague writes down for others: kept in the colleague's own session."""

HELD = "assisting"
MOST = 10


def keys(request):
    """The secrets of the drafts in hand, newest first."""
    held = request.session.get(HELD, []) if request.user.is_authenticated else []
    return [key for key in held if isinstance(key, str)]


def hold(request, key):
    request.session[HELD] = [key, *(other for other in keys(request) if other != key)][:MOST]


def let_go(request, key):
    request.session[HELD] = [other for other in keys(request) if other != key]
