"""Waiting for what a page comes to."""

import time

PATIENCE = 10  # seconds


def until(page, question):
    """Ask ``question``, JavaScript that may promise its answer, until it is true.

    Not ``wait_for_function``: it takes a promise for a yes, and asks a second time in the
    page, where our own policy refuses it.
    """
    end = time.monotonic() + PATIENCE
    while not (answer := page.evaluate(question)):
        assert time.monotonic() < end, f"{question}\nanswered {answer!r} for {PATIENCE} s"
        page.wait_for_timeout(50)
