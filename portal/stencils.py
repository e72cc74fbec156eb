"""A page with holes: rendered once for a stranger, filled for each visitor.

Where a visitor's own text belongs, the template is given a mark; the fields of the form are found by
their names. ``Page`` then joins the fixed parts with the escaped values of one visitor.
"""

import copy
import re
from collections.abc import Hashable, Mapping
from html import unescape
from secrets import token_hex
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.forms import BaseForm, CheckboxInput, FileInput, MultiWidget, PasswordInput, Widget
from django.forms.widgets import ChoiceWidget
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

SIGN = token_hex(16)  # nobody outside this process can write a mark
MARK = re.compile(rf"{SIGN}\((\w+)\)")
TAG = re.compile(r"<(input|textarea|select|option)\b[^<>]*>")
ATTRIBUTE = re.compile(r'\s(name|value|type|id)="([^"]*)"')
CHOSEN = re.compile(r"\s(?:checked|selected)(?=[\s>])")
OURS = ("csrf_token", "csp_nonce", "other_language_url", "page_made")


class BrokenMark(Exception):
    """A filter has changed a mark, so the visitor's own would not stand there."""


def mark(name: str) -> SafeString:
    """What stands in a page where the visitor's own ``name`` belongs."""
    return SafeString(f"{SIGN}({name})")


class Page:
    """Fixed parts with a hole between each two of them."""

    def __init__(self, template: str, context: dict[str, Any], *, path: str) -> None:
        self.form, names, self.shape = context.get("form"), set(), ()
        if self.form is not None:
            self.shape = shape_of(self.form)
            names = set(_values(self.form))
            context = context | {"form": self.form_with(dict.fromkeys(self.form.fields))}
        html = render_to_string(template, {name: mark(name) for name in OURS} | context, _stranger(path))
        self.parts, self.holes = _cut(html, names)

    def form_with(self, answers: Mapping[str, Any]) -> BaseForm | None:
        """The page's form as it begins with these answers; what is ``None`` is not even what its field begins with."""
        if self.form is None:
            return None
        form = copy.copy(self.form)
        vars(form).update(initial=answers, _bound_fields_cache={})
        return form

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


def shape_of(form: BaseForm) -> Hashable:
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
    if facts.get("type") == "hidden" and "id" not in facts:
        return []  # written by the template, not by the form: it says the same to everyone
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
