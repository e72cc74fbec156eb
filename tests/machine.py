"""What a machine must have that no package brings: ``python -m tests.machine chromium|raqm``.

Looks; installs by apt when it may (root, Debian); else says the mend. A missing
browser stops only a run under ``CI``; elsewhere the run says what it left out.
"""

import os
import shutil
import subprocess
import sys

from PIL import features

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def chromium() -> str | None:
    """Return the browser's path: ``CHROMIUM`` when given, else one that is installed."""
    given = os.environ.get("CHROMIUM")
    return given or next(filter(None, map(shutil.which, BROWSERS)), None)


def shapes_hindi() -> bool:
    """Whether Pillow can join Devanagari letters (it needs the system's libfribidi)."""
    command = [sys.executable, "-c", "from PIL import features as f; import sys; sys.exit(not f.check('raqm'))"]
    return features.check("raqm") or subprocess.run(command, check=False).returncode == 0


WANTED = {"chromium": ("chromium", chromium), "raqm": ("libfribidi0", shapes_hindi)}


def install(package: str) -> None:
    """Install a Debian package, quietly, when this process may."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {package} ...", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-qq", "--no-install-recommends", package], check=False, **quiet)


def main(names: list[str]) -> int:
    """Look for each; return 1 when one is missing and ``CI`` asks for everything."""
    missing = []
    for name in names:
        package, look = WANTED[name]
        if not look():
            install(package)
        if not look():
            missing.append(name)
            print(f"MISSING: {name}. Mend, as root: apt-get install {package}", file=sys.stderr)
    return int(bool(missing) and os.environ.get("CI", "").lower() in {"1", "true"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
