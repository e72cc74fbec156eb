"""Many hands at one door at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections


def run_together(n: int, call: Callable[[int], Any]) -> list[Any]:
    """Call ``call(0)`` … ``call(n - 1)`` at once, each in a thread with a connection of its own.

    For tests with ``django_db(transaction=True)``. Returns, in order, what each
    call returned, or the exception it raised: the caller compares both.
    """
    barrier = Barrier(n)

    def one(number: int) -> Any:
        try:
            connections["default"].ensure_connection()
            barrier.wait(timeout=30)
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(n) as pool:
        futures = [pool.submit(one, number) for number in range(n)]
    return [future.exception() or future.result() for future in futures]
