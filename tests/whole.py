"""``make test``: the whole suite on both databases, and one clear answer at the end.

Both parts run at once: while one waits, for a clock, a browser or a server, the other works.
What each says is kept, and printed when it has ended.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tests import machine

REPORTS = Path("var/reports")
RUNS = {
    "SQLite, static checks, browser": ["pytest", "-n", "2", "-m", "not soak and not bench and not postgres"],
    "PostgreSQL": ["tests.on_postgres", "-n", "2", "-m", "not soak and not bench and not once and not browser"],
}


@dataclass(frozen=True)
class Outcome:
    """How one run ended. ``tests`` is 0 when it did not even begin."""

    name: str
    code: int
    seconds: float
    tests: int
    bad: int
    skipped: int

    def __str__(self):
        """One line of the summary."""
        word = "failed" if self.code else "passed"
        counts = f"{self.tests} tests, {self.bad} failed, {self.skipped} skipped"
        return f"{word}   {self.name:32} {counts:42} {self.seconds:4.0f} s"


def run(name: str, module: str, *arguments: str) -> Outcome:
    """Run one part in several processes and read what it reports. What it says goes to a file."""
    report = REPORTS / f"{module}.xml"
    report.unlink(missing_ok=True)
    # An address in the environment is for the second part; the first is SQLite's.
    env = os.environ | ({"DATABASE_URL": "sqlite:///unused-by-tests.sqlite3"} if module == "pytest" else {})
    begun = time.monotonic()
    command = [sys.executable, "-m", module, *arguments, f"--junitxml={report}"]
    with report.with_suffix(".log").open("wb") as said:
        code = subprocess.run(command, env=env, check=False, stdout=said, stderr=said).returncode
    suite = ET.parse(report).getroot().find("testsuite").attrib if report.exists() else {}
    counts = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
    bad = counts["failures"] + counts["errors"]
    return Outcome(name, code, time.monotonic() - begun, counts["tests"], bad, counts["skipped"])


def main() -> int:
    """Run every part, whatever becomes of the others; return 0 when all passed."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    print(f"Both parts begin; what they say is written to {REPORTS}/*.log and printed as each ends.", flush=True)
    with ThreadPoolExecutor() as both:
        running = {both.submit(run, name, *words): words[0] for name, words in RUNS.items()}
        for part in as_completed(running):
            print(f"\n=== {part.result().name} ===", flush=True)
            print((REPORTS / f"{running[part]}.log").read_text(errors="replace"), flush=True)
    outcomes = [part.result() for part in running]
    print("\n=== summary ===")
    for outcome in outcomes:
        print(outcome)
    if not machine.chromium():
        print("NOT RUN   the browser tests: there is no Chromium. Mend, as root: apt-get install chromium")
    failed = any(outcome.code for outcome in outcomes)
    print("FAILED" if failed else "All passed.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
