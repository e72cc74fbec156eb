"""Run pytest on PostgreSQL: ``python -m tests.on_postgres [what pytest takes]``.

The server is up before Django reads its settings, and every xdist worker
inherits its address.
"""

import os
import subprocess
import sys

from tests import services


def main(arguments: list[str]) -> int:
    """Run pytest with ``arguments``; return its exit code, or 1 when there is no PostgreSQL."""
    try:
        with services.postgres() as url:
            command = [sys.executable, "-m", "pytest", *arguments]
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except services.Unavailable as why:
        print(why, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
