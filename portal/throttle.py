"""Limits that stop robots, not a village behind one address.

Counted in the shared cache per phone or per session, with a high ceiling per
address; without a shared cache each process counts for itself. The cache never
learns whom it counts: a key is kept as a digest.
"""

import math
import time
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

PARTS = 12  # a window moves in twelfths of itself


class TooMany(Exception):
    """The limit is reached. ``wait`` is in seconds."""

    def __init__(self, wait):
        super().__init__(f"try again in {wait} s")
        self.wait = wait


def hit(name, key, *, limit, seconds):
    """Count one more; raise ``TooMany`` above ``limit`` within any ``seconds`` on end.

    A refused hit is not counted: who waits as long as told gets through. The
    window moves by twelfths, so it may last a twelfth longer, never shorter.
    Each hit counts itself before it looks, so of many at once no more than
    ``limit`` pass.
    """
    part = seconds / PARTS
    this = int(time.time() // part)
    entries = _entries(name, key, seconds, this)
    _add(entries[0], seconds)
    found = cache.get_many(entries)
    counts = [found.get(entry, 0) for entry in entries]
    if sum(counts) > limit:
        with suppress(ValueError):  # as above
            cache.decr(entries[0])
        raise TooMany(_wait([counts[0] - 1, *counts[1:]], limit, this, part))


def look(name, key, *, limit, seconds):
    """Raise ``TooMany`` where one more hit would; count nothing."""
    part = seconds / PARTS
    this = int(time.time() // part)
    entries = _entries(name, key, seconds, this)
    found = cache.get_many(entries)
    counts = [found.get(entry, 0) for entry in entries]
    if sum(counts) >= limit:
        raise TooMany(_wait(counts, limit, this, part))


def address_of(request):
    """Whose tries we count; behind a proxy the last address that it saw itself."""
    passed_on = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return passed_on.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def _entries(name, key, seconds, this):
    """The names of this twelfth and of those before it that still count."""
    whom = salted_hmac("portal.throttle", f"{name} {key}", algorithm="sha256").hexdigest()[:24]
    return [f"throttle:{name}:{whom}:{seconds}:{this - back}" for back in range(PARTS + 1)]


def _add(entry, seconds):
    """One more; an entry outlives the window, so it cannot run out between two lines."""
    cache.add(entry, 0, timeout=2 * seconds)
    try:
        cache.incr(entry)
    except ValueError:  # the shared cache went away between the two lines
        cache.set(entry, 1, timeout=2 * seconds)


def _wait(counts, limit, this, part):
    """Seconds until enough of the oldest hits have left the window."""
    for back in range(PARTS, -1, -1):
        if sum(counts[:back]) < limit:
            return math.ceil((this + PARTS + 1 - back) * part - time.time())
    return math.ceil(part)
