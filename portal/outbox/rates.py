"""No more in a second than the provider takes, all processes together that share a cache."""

import time

from django.core.cache import cache


def take(name: str, wanted: int, *, per_second: int) -> int:
    """How many of the ``wanted`` may leave now, at least one: waits for the next second when this one is full.

    Counted in the shared cache by the second of the clock; without one, each process counts for itself.
    """
    while True:
        second = int(time.time())
        entry = f"rate:{name}:{second}"
        cache.add(entry, 0, timeout=10)
        try:
            counted = cache.incr(entry, wanted)
        except ValueError:  # the shared cache went away between the two lines
            counted = wanted
        granted = wanted - max(0, counted - per_second)
        if granted > 0:
            return granted
        time.sleep(max(0.0, second + 1 - time.time()))
