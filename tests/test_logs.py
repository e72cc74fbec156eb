"""A name and a number that were planted stand in no log, no address and no cookie."""

import logging
from urllib.parse import quote, quote_plus

import pytest
import time_machine
from django.test import Client

from applications import consent
from applications.models import Application, Draft
from portal import outbox
from portal.accounts import phone_codes
from tests.factories.desk import Places, a_drive
from tests.factories.form import SAMPLE

NAME, DIGITS = "ज़ोरावरसिंह खींवसरिया", "9784500613"
PLANTED = [NAME, *NAME.split(), DIGITS, "97845 00613", "97845-00613", "९७८४५००६१३", "00613"]
SPELLED = {spell(word).lower().strip("'") for word in PLANTED for spell in (str, quote, quote_plus, ascii)}
ACCESS = '127.0.0.1 - - "%s %s HTTP/1.1" %s %s "%s" "Chrome"'  # a line of gunicorn's or a proxy's log


class Heard(logging.Handler):
    """All that any logger says at any level, with its arguments and tracebacks."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.name} {self.format(record)} {record.args!r}")


@pytest.fixture
def heard():
    """A handler beside those of ``settings.LOGGING``, also of the loggers that tell the root nothing."""
    handler = Heard()
    deaf = [one for one in logging.Logger.manager.loggerDict.values() if not getattr(one, "propagate", True)]
    for logger in (logging.getLogger(), *deaf):
        logger.addHandler(handler)
    yield handler.lines
    for logger in (logging.getLogger(), *deaf):
        logger.removeHandler(handler)


class Browser:
    """One device: sends the page before as ``Referer``, and writes down what a server and a proxy may log."""

    def __init__(self):
        self.client, self.before, self.lines, self.statuses = Client(raise_request_exception=False), "", [], []

    def ask(self, method, address, data=None):
        answer = getattr(self.client, method)(address, data, headers={"Referer": self.before})
        asked = answer.wsgi_request.get_full_path()
        size = len(answer.getvalue())
        self.lines.append(ACCESS % (method.upper(), asked, answer.status_code, size, self.before))
        self.lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        self.lines += [cookie.OutputString() for cookie in answer.cookies.values()]
        self.statuses.append(answer.status_code)
        self.before = f"http://testserver{asked}"
        return answer

    def get(self, address):
        return self.ask("get", address)

    def post(self, address, **data):
        return self.ask("post", address, data)


def apply(browser, drive, places, **more):
    """The seven steps, each opened, badly answered once, and answered; then handed in."""
    at = f"/d/{drive.slug}/apply"
    steps = {
        "name": {"name": NAME, "phone": DIGITS, "on_whatsapp": "on"},
        "area": {"unit": places.booth.pk},
        "about": {"birth_year": "1995", "education": NAME},
        "work": {"since": "2-5", "roles": NAME, "work": f"{NAME} {DIGITS}"},
        "social": {"link1": f"https://www.instagram.com/{DIGITS}/"},
        "writing": {"prompt": drive.prompts.first().pk, "writing": f"{SAMPLE} {NAME}"},
        "photo": {"can_come": "yes", "serve_level": "district"},
    }
    browser.get(f"/d/{drive.slug}/")
    for step, answers in steps.items():
        browser.get(f"{at}/{step}/")
        browser.post(f"{at}/{step}/", **{word: NAME if word != "name" else "7" for word in answers})
        browser.post(f"{at}/{step}/", **answers)
    browser.get(f"{at}/check/")
    browser.post(f"{at}/check/", draft=Draft.objects.latest("pk").pk)
    agreed = {"consent": "on", "version": consent.version(), "draft": Draft.objects.latest("pk").pk}
    return browser.post(f"{at}/check/", **agreed, **more)


def live(browser, ref):
    """The page of one's own application: looked at, changed, shared, taken back; and one's own data."""
    at = f"/a/{ref}"
    browser.get(f"{at}/")
    browser.post(f"{at}/")
    browser.get(f"{at}/poster.png")
    for step in ("name", "contact", "work"):
        browser.get(f"{at}/change/{step}/")
    browser.post(f"{at}/change/work/", since="2-5", roles=NAME, work=DIGITS)
    browser.post(f"{at}/change/contact/", phone=DIGITS + "1")
    browser.post(f"{at}/withdraw/", why=f"{NAME} {DIGITS}")
    browser.post(f"{at}/withdraw/", undo="1")
    browser.get("/resume/")
    browser.get("/me/")


def test_a_planted_name_and_number_are_in_no_log_and_no_address(heard, db, now, settings):
    settings.DEMO = True  # only so that the test may read the code
    settings.SMS_FILE_DIR.parent.mkdir(exist_ok=True)
    settings.SMS_FILE_DIR.write_text("in the way: no message can be written, so each sending is told of in the log")
    settings.CHANNELS = {"sms": "portal.channels.files.FileSMS"}
    own, other, stranger = Browser(), Browser(), Browser()
    with time_machine.travel(now, tick=False):
        places = Places(now)
        drive = a_drive(places.state, now)
        apply(own, drive, places)
        application = Application.objects.get()
        live(own, application.ref)
        apply(other, drive, places)
        apply(other, drive, places, family="1")
        for page in (f"/a/{application.ref}/", "/resume/", "/a/K7Q29FXM/"):
            stranger.get(page)
            stranger.post(page, phone=DIGITS)
            stranger.post(page, code="000000")
        stranger.post("/resume/", code=phone_codes.shown_in_demo(stranger.client.session["proof"]["secret"]))
        stranger.get(f"/nowhere/?next=/a/{application.ref}/")
        unsent = outbox.send_due(now=now)

    written = [*heard, *own.lines, *other.lines, *stranger.lines]

    assert [line for line in written if any(word in line.lower() for word in SPELLED)] == []
    assert {200, 302, 404, 409, 422} <= {*own.statuses, *other.statuses, *stranger.statuses}
    assert 500 not in {*own.statuses, *other.statuses, *stranger.statuses}
    assert Application.objects.count() == 2
    assert {"django.request", "portal.outbox"} <= {line.split()[0] for line in heard}
    assert unsent["later"] == Application.objects.count()
