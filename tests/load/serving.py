"""The web process of the Procfile with two workers, for what is tried against a running server."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests import services

BIN = Path(sys.executable).parent


@contextmanager
def web(env, home, app="portal.wsgi"):
    """Serve until the block ends: (address, id of the process that leads the workers)."""
    url = f"http://127.0.0.1:{services.free_port()}"
    command = [BIN / "gunicorn", app, "--bind", url.removeprefix("http://"), "--workers", "2", "--threads", "8"]
    with (home / "web.log").open("wb") as log:
        running = subprocess.Popen(
            command, cwd=home, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _answers(f"{url}/health/")
        yield url, running.pid
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(15)
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)  # with workers that did not listen
        running.wait(15)


def _answers(url):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urlopen(url, timeout=5).close()
        except HTTPError:
            return  # awake, if not well: nothing sends its messages here
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)
