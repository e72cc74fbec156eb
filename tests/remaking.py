"""Remakes photos, each in a process of its own, and says what became of them and how much memory it took.

``python -m tests.remaking FOLDER`` reads every file there; one JSON line each:
name, outcome, megabytes at most. What was taken lies beside it as ``.webp``.
"""

import json
import multiprocessing
import re
import sys
from pathlib import Path

from applications.domain import photos

STATUS = Path("/proc/self/status")


def remade(path):
    """Peak memory is the process's own ``VmHWM``: what ``getrusage`` tells includes the parent's."""
    try:
        path.with_suffix(".webp").write_bytes(photos.remake(path.read_bytes()).image)
        outcome = "taken"
    except photos.BadPhoto as problem:
        outcome = type(problem).__name__
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())[1]) // 1024
    return {"name": path.stem, "outcome": outcome, "megabytes": peak}


def main():
    """One line for each file of the folder."""
    files = sorted(Path(sys.argv[1]).glob("*.upload"))
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        for line in pool.imap(remade, files, chunksize=1):
            print(json.dumps(line))


if __name__ == "__main__":
    main()
