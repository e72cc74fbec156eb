"""What a page must be on a phone: nothing beside the edge, nothing too small, nothing a screen reader trips over."""

from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.browser.conftest import DESK, PHONE

OK = 200
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FINGER = 44  # pixels that a control must be high
LOOSE = 1.45  # the least line height that keeps Devanagari's signs apart
# Not innerWidth: a phone zooms out until everything fits, and tells the width it came to.
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LOW = """finger => [...document.querySelectorAll(
    'a.btn, button:not(.link), select, textarea, summary, label.opt, '
    + 'input:not([type=hidden], [type=checkbox], [type=radio])')]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().width > 1)
  .filter(each => Math.max(each.getBoundingClientRect().height,
                           each.closest('label')?.getBoundingClientRect().height || 0) < finger - 0.5)
  .map(each => `${each.tagName} ${each.name || ''} ${each.textContent.trim().slice(0, 20)} `
               + each.getBoundingClientRect().height)"""
TIGHT = """loose => [...new Set([...document.querySelectorAll('body, h1, h2, h3, p, li, td, th, dt, dd, label, .btn')]
  .filter(each => each.checkVisibility() && each.textContent.trim())
  .filter(each => parseFloat(getComputedStyle(each).lineHeight) / parseFloat(getComputedStyle(each).fontSize)
                  < loose - 0.01)
  .map(each => `${each.tagName}.${each.className} ${getComputedStyle(each).lineHeight}`))]"""


class Looker:
    """Opens page after page and writes down what is wrong with each.

    Each address in Hindi, some in English too (``english_every``); in the long trials all
    of them in both.
    """

    def __init__(self, page, server, english_every=1):
        self.page, self.server, self.english_every = page, server, english_every
        self._looked = 0
        self.faults, self._status, self._said = {}, OK, []
        page.on("console", self._listen)
        page.on("pageerror", lambda problem: self._said.append(str(problem)))

    def _listen(self, line):
        expected = f"status of {self._status} " in line.text and self._status != OK  # of a page that is not there
        if line.type == "error" and not expected:
            self._said.append(line.text)

    def sign_in(self, user):
        """Be this colleague from now on; ``None`` is nobody."""
        self.page.context.clear_cookies()
        if user:
            client = Client()
            client.force_login(user)
            self.carry(client)

    def carry(self, client):
        """Hold what a device of the walk holds: its session, its drafts, its own applications."""
        cookies = [{"name": name, "value": one.coded_value, "url": self.server} for name, one in client.cookies.items()]
        self.page.context.add_cookies(cookies)

    def look(self, *addresses, status=OK):
        """Each address in its languages on a phone, then as wide as a desk."""
        self._status = status
        for address in [each for one in addresses for each in self._in_languages(one)]:
            self._said.clear()
            self.page.set_viewport_size(PHONE)
            answer = self.page.goto(self.server + address)
            wrong = {"status": answer.status} if answer.status != status else self._wrong()
            self.page.set_viewport_size(DESK)
            if self.page.evaluate(WIDER):
                wrong["wider than a desk"] = self.page.evaluate("document.documentElement.scrollWidth")
            if wrong:
                self.faults[address] = wrong

    def _in_languages(self, address):
        self._looked += 1
        return in_both(address) if self._looked % self.english_every == 0 else [address]

    def look_beside(self, address, link):
        """The first of these links, opened beside the list as a desk has room for."""
        self._said.clear()
        self.page.set_viewport_size(DESK)
        for each in in_both(address):
            self.page.goto(self.server + each)
            self.page.locator(link).first.click()
            self.page.locator("#pane h1, #pane h2").first.wait_for()
            if wrong := self._wrong():
                self.faults[f"{each} with its pane"] = wrong

    def _wrong(self):
        found = {
            "wider than the phone": self.page.evaluate(WIDER) and self.page.evaluate(PUSHES),
            "low": self.page.evaluate(LOW, FINGER),
            "tight": self.page.evaluate(TIGHT, LOOSE),
            "console": list(self._said),
            "axe": self._axe(),
        }
        return {what: how for what, how in found.items() if how}

    def _axe(self):
        answer = Axe().run(self.page, options={"runOnly": TAGS, "resultTypes": ["violations"], "preload": False})
        return [
            f"{one['id']}: {node['target']} {node['html'][:120]}"
            for one in answer.response["violations"]
            for node in one["nodes"][:3]
        ]


def in_both(address):
    """The address of a page in Hindi, and in English."""
    return [address] if address.startswith("/en/") else [address, f"/en{address}"]


PUSHES = """[...document.querySelectorAll('body *')]
  .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(each => `${each.tagName}.${each.className} ${Math.round(each.getBoundingClientRect().right)}`).slice(0, 4)"""
