"""How the processes of the suite share its tests: what begins first, and what stays together."""

from xdist.scheduler import LoadScopeScheduling

FIRST = [  # these wait for a clock, or take long while others are short: nobody shall wait for them at the end
    "tests/test_processes.py",
    "tests/portal/test_celery.py",
    "tests/load/test_rush.py",
    "tests/test_house.py",
    "tests/test_migrations.py",
]
TOGETHER = {"tests/test_migrations.py", "tests/applications/domain/test_photos.py"}  # one costly beginning for all


class Sharing(LoadScopeScheduling):
    """Each test goes to the process that is free next; the files of ``TOGETHER`` go whole.

    In place of ``--dist loadgroup``, whose marks no longer reach the scheduler since pytest 9.2
    (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid


def in_order(item) -> int:
    """The place of a test in the queue; those of one place stay as they are."""
    file = item.nodeid.partition("::")[0]
    return FIRST.index(file) if file in FIRST else len(FIRST)
