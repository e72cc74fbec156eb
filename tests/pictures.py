"""The README's pictures, taken anew from a fresh demo: ``make pictures``.

Walks the demo as its printed people do: by mobile number and the code that
the page of a demo shows.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from tests import machine, services

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
FLAGS = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --disable-sync".split()
STRANGER, OFFICE, PANELIST = "", "6000000000", "6000000100"
PICTURES = [  # name, who, width, address
    ("landing-360", STRANGER, PHONE, "/d/pradesh-{year}/"),
    ("area-360", STRANGER, PHONE, "/d/pradesh-{year}/apply/area/?find=sikar"),
    ("board-1280", STRANGER, DESK, "/tv/{board}/"),
    ("desk-1280", OFFICE, DESK, "/office/applications/"),
    ("unit-1280", OFFICE, DESK, "/units/sikar/"),
    ("card-360", PANELIST, PHONE, "/panel/{date}/7/"),
]
FACTS = """
import json
from interviews.models import Board
board = Board.objects.select_related("day").get()
print(json.dumps({"board": board.key, "date": str(board.day.date), "year": board.day.date.year}))
"""


@contextmanager
def demo():
    """A server with a fresh small demo; its address and the facts that addresses need."""
    with TemporaryDirectory() as folder:
        port = services.free_port()
        base = f"http://127.0.0.1:{port}"
        env = os.environ | {"DEMO": "1", "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3", "SITE_URL": base}
        env |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "SECURE_SSL": "0"}
        manage = [sys.executable, str(ROOT / "manage.py")]
        for command in (["migrate", "-v0"], ["make_demo"]):
            subprocess.run([*manage, *command], env=env, check=True, stdout=subprocess.DEVNULL)
        ask = [*manage, "shell", "-v0", "-c", FACTS]
        told = subprocess.run(ask, env=env, check=True, capture_output=True, text=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen([*manage, "runserver", "--noreload", str(port)], env=env, **quiet)
        try:
            wait_for(f"{base}/health/")
            yield base, json.loads(told.stdout.strip().splitlines()[-1])
        finally:
            server.terminate()
            server.wait()


def wait_for(address, seconds=60):
    """Until the server answers."""
    for _try in range(seconds):
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(1)
        else:
            return


def sign_in(page, base, number):
    """By mobile number and the code that a demo shows on the page."""
    page.goto(f"{base}/login/")
    page.fill("input[type=tel]", number)
    page.click("main button")
    code = re.search(r"\b\d{6}\b", page.inner_text("body"))[0]
    page.fill("main input[type=text]", code)
    page.click("main button")


def take(browser, base, facts, picture):
    """One picture of the first screenful, in few colours so that the README stays light."""
    name, who, size, address = picture
    context = browser.new_context(viewport=size, locale="hi-IN")
    page = context.new_page()
    if who:
        sign_in(page, base, who)
    if name.startswith("area"):
        begin_application(page, base, facts)
    page.goto(base + address.format(**facts))
    if name.startswith("card"):
        page.locator("main form button").first.click()
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(64)
    shot.save(FOLDER / f"{name}.png", optimize=True)
    context.close()


def begin_application(page, base, facts):
    """The first step, so that the second may be seen."""
    page.goto(base + "/d/pradesh-{year}/apply/name/".format(**facts))
    page.fill("input[name=name]", "सुनीता मीणा")
    page.fill("input[name=phone]", "6100000000")
    page.locator("main form button").first.click()


def main():
    """Take all pictures into ``docs/``."""
    FOLDER.mkdir(exist_ok=True)
    with demo() as (base, facts), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=FLAGS)
        for picture in PICTURES:
            take(browser, base, facts, picture)
        browser.close()


if __name__ == "__main__":
    main()
