"""A person with a browser: opens pages, reads the forms that stand there, presses their buttons."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from django.conf import settings
from django.test import Client

EMPTY = {"input", "br", "img", "meta", "link", "hr", "path", "rect", "circle"}


class Form:
    """What a form would send as it stands, and what it offers."""

    def __init__(self, action, method):
        self.action, self.method = action, method
        self.values = {}  # name → what goes when nothing is touched
        self.offered = {}  # name → {value: label} of choices; None for a free field
        self.buttons = []  # (name, value)

    def has(self, button, fields):
        pressed = button is None or tuple(button.split("=", 1)) in self.buttons
        return pressed and all(name in self.offered for name in fields)

    def filled(self, button, fields):
        """The data of the request. What is not offered cannot be chosen."""
        data = dict(self.values)
        for name, wanted in fields.items():
            several = wanted if isinstance(wanted, list) else [wanted]
            data[name] = [self._chosen(name, one) for one in several if one is not None]
        if button:
            name, value = button.split("=", 1)
            data[name] = value
        return data

    def _chosen(self, name, wanted):
        choices = self.offered[name]
        if choices is None or str(wanted) in choices:
            return wanted
        found = [value for value, label in choices.items() if str(wanted) in label]
        assert found, f"{name}: {wanted!r} is none of {choices}"
        return found[0]


class Page(HTMLParser):
    """One answer of the site, read as a person without a script reads it."""

    def __init__(self, device, response, url):
        super().__init__()
        self.device, self.response, self.url, self.status = device, response, url, response.status_code
        self.forms, self.links, self._words = [], [], []
        self._by_id, self._open, self._form, self._select, self._option, self._area = {}, [], None, None, None, None
        if response.headers.get("Content-Type", "").startswith("text/html"):
            self.feed(response.content.decode())
        self.text = " ".join(" ".join(self._words).split())

    def open(self, part):
        """Follow the first link whose address has ``part``."""
        found = [link for link in self.links if part in link]
        assert found, f"{self.url}: no link with {part!r} among {self.links}"
        return self.device.open(urljoin(self.url, found[0]))

    def press(self, button=None, to="", **fields):
        """Fill in the first form that has these fields and this button (``name=value``), and send it."""
        fitting = [form for form in self.forms if to in form.action and form.has(button, fields)]
        assert fitting, f"{self.url}: no form with {button} and {list(fields)}: {[vars(form) for form in self.forms]}"
        form = fitting[0]
        data = form.filled(button, fields)
        return self.device.send(form.method, urljoin(self.url, form.action or self.url), data)

    def offered(self, name):
        """The values of a choice, as they stand on the page."""
        found = [list(form.offered[name]) for form in self.forms if form.offered.get(name)]
        assert found, f"{self.url}: nothing to choose for {name}"
        return found[0]

    def offers(self, name):
        return any(form.offered.get(name) for form in self.forms)

    # --- reading -----------------------------------------------------------------

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in EMPTY:
            self._open.append(tag)
        if tag == "form" and "main" in self._open:  # the one that signs out stands above
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
            self._by_id[given.get("id")] = self._form
        elif tag == "a" and given.get("href"):
            self.links.append(given["href"])
        form = self._by_id.get(given["form"]) if "form" in given else self._form
        if form and "disabled" not in given and (reader := getattr(self, f"_read_{tag}", None)):
            reader(form, given)

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._open[-1:] in (["script"], ["style"]):
            return
        self._words.append(data)
        if self._area:
            form, name = self._area
            form.values[name] += data.removeprefix("\r\n").removeprefix("\n")
        if self._option and self._open[-1:] == ["option"]:
            form, name, value = self._option
            form.offered[name][value] += data

    def _read_input(self, form, given):
        kind, name, value = given.get("type", "text"), given.get("name"), given.get("value") or ""
        if not name:
            return
        if kind in {"submit", "image"}:
            form.buttons.append((name, value))
        elif kind in {"radio", "checkbox"}:
            value = given.get("value", "on")
            form.offered.setdefault(name, {})[value] = value
            if "checked" in given:
                form.values.setdefault(name, []).append(value)
        else:
            form.offered[name] = None
            if kind != "file":
                form.values.setdefault(name, []).append(value)

    def _read_button(self, form, given):
        if given.get("type", "submit") == "submit":
            form.buttons.append((given.get("name"), given.get("value", "")))

    def _read_textarea(self, form, given):
        if name := given.get("name"):
            form.offered[name], form.values[name] = None, ""
            self._area = (form, name)

    def _read_select(self, form, given):
        self._select = (form, given["name"])
        form.offered[given["name"]] = {}

    def _read_option(self, form, given):
        form, name = self._select
        value = given.get("value", "")
        form.offered[name][value] = ""
        if "selected" in given or name not in form.values:
            form.values[name] = value
        self._option = (form, name, value)


class Device:
    """A phone or a desk: one browser with cookies of its own, which refuses what lacks the form's token."""

    def __init__(self, user=None):
        self.client = Client(enforce_csrf_checks=True)
        if user:
            self.client.force_login(user)

    def open(self, url, **query):
        return self.send("get", url, query)

    def send(self, method, url, data):
        """Send and go where the answer leads, as a browser does."""
        path = urldefrag(url.removeprefix(settings.SITE_URL)).url
        response = getattr(self.client, method)(path, data)
        for _hop in range(5):
            if response.status_code not in {301, 302, 303}:
                break
            path = urldefrag(urljoin(path, response["Location"])).url
            response = self.client.get(path)
        return Page(self, response, path)
