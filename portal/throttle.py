"""Limits that stop robots, not a village behind one address.

Counted in the shared cache per phone or per session, with a high ceiling per
address; without a shared cache each process counts for itself.
"""

from django.core.cache import cache


class TooMany(Exception):
    """The limit is reached. ``wait`` is in seconds."""

    def __init__(self, wait):
        super().__init__(f"try again in {wait} s")
        self.wait = wait


def hit(name, key, *, limit, seconds):
    """Count one more; raise ``TooMany`` above ``limit`` within ``seconds``."""
    entry = f"throttle:{name}:{key}"
    cache.add(entry, 0, timeout=seconds)
    try:
        count = cache.incr(entry)
    except ValueError:  # it ran out between the two lines
        cache.set(entry, 1, timeout=seconds)
        count = 1
    if count > limit:
        raise TooMany(seconds)
