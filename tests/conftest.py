"""What every test may ask for, and how the suite behaves as a whole."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from _pytest import runner
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.cache import cache
from django.utils import translation

from portal import kept
from tests import migrated, roomy, services
from tests.emptying import frozen_rows_leave_between_tests as _frozen_rows_leave_between_tests
from tests.often import USUAL
from tests.sharing import Sharing, in_order
from tests.worlds import everyone, everyone_of_the_file, own, places, places_of_the_file, rows_of_the_file

ROOT = Path(__file__).resolve().parent.parent

hypothesis.settings.register_profile("suite", max_examples=USUAL, deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", max_examples=2000, deadline=None)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """In place of pytest-django's, which migrates in each process of the suite."""
    with django_db_blocker.unblock(), migrated.database_of_this_process():
        yield


@pytest.fixture(scope="session")
def now():
    """Monday, 10 November 2025, ten in the morning in Jaipur."""
    return datetime(2025, 11, 10, 10, 0, tzinfo=ZoneInfo("Asia/Kolkata"))


@pytest.fixture
def clock(now):
    """The clock stands at ``now``; ``clock.move_to`` and ``clock.shift`` let time pass."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def redis_url():
    """The address of a Redis-protocol server, one for each worker of the suite."""
    with services.redis_server() as url:
        yield url


@pytest.fixture
def smtp(settings):
    """A real SMTP server; mail that Django sends arrives in ``smtp.messages``."""
    with services.mail_server() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = mailbox.host, mailbox.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield mailbox


@pytest.fixture(autouse=True)
def own_world(settings, tmp_path):
    """No test sees the files, the cache or the language of another."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SMS_FILE_DIR = tmp_path / "outbox"
    cache.clear()
    kept.forget()
    with translation.override(settings.LANGUAGE_CODE):
        yield


# --- the suite as a whole ----------------------------------------------------------


def pytest_configure(config):
    """Name our markers, leave long trials to ``make soak``, compile the words."""
    config.addinivalue_line("markers", "once: reads code or starts programs; one database is enough")
    config.addinivalue_line("markers", "postgres: needs its server, and begins one where the suite has none")
    config.addinivalue_line("markers", "bench: a ratio beside its twin; run by make bench")
    if not config.option.markexpr:
        config.option.markexpr = "not soak and not bench"
    if not hasattr(config, "workerinput"):  # the workers of xdist find them done
        compile_catalogues()


@pytest.hookimpl(optionalhook=True)  # without xdist nobody asks
def pytest_xdist_setupnodes():
    """While the workers read the tests, the database that they copy is made."""
    subprocess.Popen([sys.executable, "-m", "tests.migrated"], cwd=ROOT)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False  # else what is together would begin first
    return Sharing(config, log)


def pytest_collection_modifyitems(items):
    items.sort(key=in_order)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    return roomy.within(lambda: runner.pytest_runtest_protocol(item, nextitem))


def compile_catalogues():
    """Bring each .mo in step with its .po, so that tests see the Hindi of today."""
    for po in ROOT.glob("*/locale/*/LC_MESSAGES/django.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as words, mo.with_suffix(".part").open("wb") as part:
            write_mo(part, read_po(words, locale=po.parts[-3]))
        mo.with_suffix(".part").replace(mo)


def pytest_sessionfinish(session):
    """Nothing is left out silently: a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    """Say which tests made the run fail by being skipped."""
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"SKIPPED, so the run fails: {report.nodeid}: {report.longrepr}", red=True)
