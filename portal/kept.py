"""Public pages, rendered once for everyone and kept in memory; what is the visitor's own is put in for each.

A page is rendered for a stranger: a request without cookies, session or user,
so nothing of the person who happened to come first can stay in it. Where a
visitor's own text belongs, the template is given a mark; the fields of the
form are found by their names. ``Page`` then joins the fixed parts with the
escaped values of one visitor.
"""

import copy
import re
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from hashlib import sha256
from html import unescape
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import models
from django.forms import BaseForm, CheckboxInput, FileInput, MultiWidget, PasswordInput, Widget
from django.forms.widgets import ChoiceWidget
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from portal import robots
from portal.context import other_language

MOST = 400  # pages of about 20 KB
SECONDS = 10  # what pages are made of is looked at again after so long; at once where it is changed by this process
SIGN = token_hex(16)  # nobody outside this process can write a mark
MARK = re.compile(rf"{SIGN}\((\w+)\)")
TAG = re.compile(r"<(input|textarea|select|option)\b[^<>]*>")
ATTRIBUTE = re.compile(r'\s(name|value|type)="([^"]*)"')
CHOSEN = re.compile(r"\s(?:checked|selected)(?=[\s>])")
OURS = ("csrf_token", "csp_nonce", "other_language_url", "page_made")


class BrokenMark(Exception):
    """A filter has changed a mark, so the visitor's own would not stand there."""


_pages: dict[Hashable, "Page"] = {}
_last: dict[str, tuple[float, "Page"]] = {}  # address → until when it may stand in while the database is away
_facts: dict[Hashable, tuple[float, Any]] = {}
_lock = threading.Lock()


def mark(name: str) -> SafeString:
    """What stands in a page where the visitor's own ``name`` belongs."""
    return SafeString(f"{SIGN}({name})")


def forget() -> None:
    """Something that pages are made of has changed."""
    with _lock:
        _pages.clear()
        _facts.clear()


def remembered(key: Hashable, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, at most ``SECONDS`` old; ``None`` is asked for again."""
    until, value = _facts.get(key, (0.0, None))
    if until < time.monotonic():
        value = make()
        if value is None:
            return None
        with _lock:
            if len(_facts) >= MOST:
                _facts.clear()
            _facts[key] = time.monotonic() + SECONDS, value
    return value


class Shown(models.Model):
    """A row of which kept pages are made: they are made anew when it changes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        forget()
        return super().delete(*args, **kwargs)


def answer(
    request: HttpRequest,
    *,
    key: Hashable,
    make: Callable[[], tuple[str, dict[str, Any]]],
    own: Mapping[str, str] | None = None,
    form: BaseForm | None = None,
    stands_for: float = 0,
) -> HttpResponse | None:
    """The page for this visitor, or ``None``: then it must be rendered for them alone.

    ``key`` names all on which the page depends. ``make`` gives the template
    and its context when the page is not kept yet; it must use nothing of the
    visitor, but ``mark(name)`` for each name in ``own``. ``form`` is the
    visitor's, of which only the values are used; the context of ``make`` has
    one for strangers under the same name. When both do not ask the same in
    the same words, the answer is ``None``. ``stands_for``: how many seconds a
    page that has nothing of anybody may stand in for itself, see ``last``.
    """
    if not _may_be(request):
        return None
    page = _pages.get(key)
    if page is None:
        page = _keep(key, Page(*make(), path=request.path))
        if stands_for and not request.GET:
            cache.set(_shelf(request.path), (time.time() + stands_for, page), max(1, stands_for))
    if form is not None and page.shape != _shape(form):
        return None
    if stands_for and not request.GET:
        with _lock:
            _last[request.path] = time.time() + stands_for, page
    return _filled(request, page, own or {}, form)


def last(request: HttpRequest) -> HttpResponse | None:
    """The page as it last stood at this address, for while the database is away; ``None`` where it is too old.

    A process that has just begun finds it in the shared cache; without one each process has its own.
    """
    if request.method != "GET":
        return None
    for find in (_last.get, lambda path: cache.get(_shelf(path))):
        until, page = find(request.path) or (0.0, None)
        if page is not None and until >= time.time():
            return _filled(request, page, {}, None)
    return None


def _shelf(path: str) -> str:
    return f"last:{sha256(path.encode()).hexdigest()[:32]}"


def _filled(request: HttpRequest, page: "Page", own: Mapping[str, str], form: BaseForm | None) -> HttpResponse:
    spots = {
        "csrf_token": get_token(request),
        "csp_nonce": str(request.csp_nonce),
        "other_language_url": other_language(request),
        "page_made": robots.stamp(),
        **own,
    }
    return HttpResponse(page.filled(spots, form))


def _may_be(request: HttpRequest) -> bool:
    """Not for who is signed in, and not for who is to be told what just happened."""
    if not settings.KEEP_PAGES or request.method != "GET" or "messages" in request.COOKIES:
        return False
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return True
    return not (request.user.is_authenticated or "_messages" in request.session)


def _keep(key: Hashable, page: "Page") -> "Page":
    with _lock:
        while len(_pages) >= MOST:
            del _pages[next(iter(_pages))]
        _pages[key] = page
    return page


class ShownRows(models.QuerySet):
    """Such rows, changed many at once."""

    def update(self, **values: Any) -> int:
        forget()
        return super().update(**values)


class Page:
    """Fixed parts with a hole between each two of them."""

    def __init__(self, template: str, context: dict[str, Any], *, path: str) -> None:
        form, names, self.shape = context.get("form"), set(), ()
        if form is not None:
            self.shape = _shape(form)
            names = {name for bound in form for name, _shown in _controls(bound.field.widget, bound.html_name, None)}
            context = context | {"form": _with_nothing(form)}
        html = render_to_string(template, {name: mark(name) for name in OURS} | context, _stranger(path))
        self.parts, self.holes = _cut(html, names)

    def filled(self, spots: Mapping[str, str], form: BaseForm | None = None) -> str:
        """The page with this visitor's texts and values in it."""
        values = _values(form) if form is not None else {}
        out = []
        for part, (kind, name, value) in zip(self.parts, self.holes, strict=False):
            out.append(part)
            shown = values.get(name, [])
            if kind == "spot":
                out.append(escape(spots[name]))
            elif kind == "text":
                out.append(f' value="{escape(shown[0])}"' if shown else "")
            elif kind == "area":
                out.append(escape(shown[0]) if shown else "")
            elif value in shown:
                out.append(f" {kind}")
        return "".join([*out, self.parts[-1]])


def _stranger(path: str) -> HttpRequest:
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.GET, request.user, request.csp_nonce = QueryDict(), AnonymousUser(), mark("csp_nonce")
    return request


def _with_nothing(form: BaseForm) -> BaseForm:
    """The same form without values, not even those that its fields begin with."""
    other = copy.copy(form)
    vars(other).update(initial=dict.fromkeys(form.fields), _bound_fields_cache={})
    return other


def _shape(form: BaseForm) -> Hashable:
    """What a form asks and how, without the values."""
    return tuple(
        (name, field.required, field.disabled, str(field.label), str(field.help_text))
        for name, field in form.fields.items()
    )


def _cut(html: str, names: set[str]) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Parts of the page, and what belongs between them: (kind, name, value)."""
    found = [(m.start(), m.end(), ("spot", m[1], "")) for m in MARK.finditer(html)]
    select = ""
    for tag in TAG.finditer(html):
        facts = {name: unescape(value) for name, value in ATTRIBUTE.findall(tag[0])}
        select = facts.get("name", "") if tag[1] == "select" else select
        if (select if tag[1] == "option" else facts.get("name")) in names:
            found += _holes(html, tag, facts, select)
    found.sort()
    parts, holes, at = [], [], 0
    for start, end, hole in found:
        parts.append(html[at:start])
        holes.append(hole)
        at = end
    parts.append(html[at:])
    if any(SIGN in part for part in parts):
        raise BrokenMark
    return parts, holes


def _holes(html: str, tag: re.Match[str], facts: dict[str, str], select: str) -> list[tuple]:
    """Where the value of one control belongs; what stands there now is left out."""
    name = facts.get("name", "")
    if tag[1] == "textarea":
        start = tag.end() + html[tag.end() :].startswith("\n")
        return [(start, html.index("</textarea>", start), ("area", name, ""))]
    if tag[1] == "option" or facts.get("type") in {"radio", "checkbox"}:
        kind, name = ("selected", select) if tag[1] == "option" else ("checked", name)
        chosen = CHOSEN.search(tag[0])
        span = (tag.start() + chosen.start(), tag.start() + chosen.end()) if chosen else (tag.end() - 1,) * 2
        return [(*span, (kind, name, facts.get("value", "on")))]
    if tag[1] == "select" or facts.get("type") in {"file", "password", "submit"}:
        return []
    at = tag.start() + tag[0].index('name="') + len('name=""') + len(_raw(tag[0], "name"))
    there = re.compile(r'\svalue="[^"]*"').match(html, at)
    return [(at, there.end() if there else at, ("text", name, ""))]


def _raw(tag: str, attribute: str) -> str:
    return next(value for name, value in ATTRIBUTE.findall(tag) if name == attribute)


def _values(form: BaseForm) -> dict[str, list[str]]:
    """For the name of each control what it shows: a text, or the values that are chosen."""
    return {
        name: shown for bound in form for name, shown in _controls(bound.field.widget, bound.html_name, bound.value())
    }


def _controls(widget: Widget, name: str, value: Any) -> list[tuple[str, list[str]]]:
    if isinstance(widget, MultiWidget):
        values = value if isinstance(value, list) else widget.decompress(value)
        pairs = zip(widget.widgets_names, widget.widgets, values, strict=False)
        return [one for part, inner, own in pairs for one in _controls(inner, name + part, own)]
    if isinstance(widget, (FileInput, PasswordInput)):
        return [(name, [])]
    if isinstance(widget, CheckboxInput):
        return [(name, [str(widget.format_value(value) or "on")] if widget.check_test(value) else [])]
    shown = widget.format_value(value)
    if isinstance(widget, ChoiceWidget):
        return [(name, list(shown))]
    return [(name, [] if shown is None else [str(shown)])]
