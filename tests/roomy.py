"""Room for the frames of a deep stack, so that the same memory is not mapped and given back all the time.

CPython 3.11 keeps frames in chunks of 16 KB. Below pytest the stack is deep, and where a loop calls across the
end of a chunk, each call maps a new one and gives it back: a sixth of the suite's processor time went there.
A frame that asks for more than half a megabyte gets a chunk of a whole one, and what it calls has the rest
(``push_chunk`` in CPython's Python/pystate.c).
"""

from collections.abc import Callable

WORDS = 70_000  # of eight bytes


def within(run: Callable[[], object]) -> object:
    """What ``run`` returns, from below a frame that is wide."""
    return run()


within.__code__ = within.__code__.replace(co_stacksize=WORDS)
