"""A real Chromium on a phone: 360 px wide, Hindi, no network but ours."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import fontpkg_noto_sans_devanagari
import pytest

from tests import machine
from tests.browser.network import Network

# Playwright's loop runs in this thread; Django would take the tests for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --disable-dev-shm-usage"""
BLOCKED = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 900}
HERE = Path(__file__).parent
OURS = {"127.0.0.1", "localhost", None}  # None: of data: and blob:


def pytest_collection_modifyitems(config, items):
    """Mark what lives here; without Chromium leave it out loudly, and fail under ``CI``."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker("browser")
        item.add_marker(pytest.mark.django_db(transaction=True))
    if ours and not machine.chromium():
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            raise pytest.UsageError("The browser tests need Chromium. Mend, as root: apt-get install chromium")
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]


def pytest_terminal_summary(terminalreporter):
    """Say what did not run."""
    if not machine.chromium():
        mend = "Mend, as root: apt-get install chromium"
        terminalreporter.write_line(
            f"NOT RUN: the browser tests, for there is no Chromium. {mend}", red=True, bold=True
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, tmp_path_factory):
    """Debian's Chromium, with a font for Hindi on machines that have none."""
    home = tmp_path_factory.mktemp("xdg")
    fonts = home / "fonts"
    fonts.mkdir()
    for font in (fontpkg_noto_sans_devanagari.ROOT / "files").glob("*.ttf"):
        shutil.copy(font, fonts)
    return {
        **browser_type_launch_args,
        "executable_path": machine.chromium(),
        "args": [*QUIET.split(), BLOCKED],
        "env": {**os.environ, "XDG_DATA_HOME": str(home)},
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """``page`` is a phone; ask for another size with ``page.set_viewport_size(DESK)``."""
    context = {"viewport": PHONE, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
    return {**browser_context_args, **context, "locale": "hi-IN", "timezone_id": "Asia/Kolkata"}


@contextmanager
def asking_nobody_else(context):
    """Every request of every page in it goes to us, or the test fails; no other host can be reached anyway."""
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    yield context
    assert [url for url in asked if urlsplit(url).hostname not in OURS] == []


@pytest.fixture
def context(context):
    """The context of ``page``."""
    with asking_nobody_else(context):
        yield context


@pytest.fixture
def network(context, live_server):
    """The network between ``page`` and the server, there until it is lost."""
    network = Network(context, live_server)
    yield network
    network.find(told=False)


@pytest.fixture
def plain_page(browser, browser_context_args):
    """A phone whose JavaScript is switched off."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    with asking_nobody_else(context):
        yield context.new_page()
    context.close()
