"""The words of a notice: the office's own, else those in ``templates/notices/``.

A file ``<template>.<language>.txt`` holds the text; for e-mail its first line
is the subject. Values stand in double brackets: ``((name))``.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from portal import names
from portal.models import Notice, NoticeTemplate

FOLDER = Path(settings.BASE_DIR) / "templates" / "notices"
VALUE = re.compile(r"\(\((\w+)\)\)")
LINKISH = re.compile(r"(?i)\b(?:https?://|www\.)\S*|\b\S+\.(?:com|in|org|net|me|ly|co)\b\S*")
LINK_VALUES = {"url", "link"}  # only we fill these


class MissingValue(KeyError):
    """The text asks for a value that the notice does not carry."""


@dataclass(frozen=True)
class Words:
    """What is sent."""

    subject: str
    text: str
    dlt_id: str = ""


def of(notice: Notice) -> Words:
    """The words for one notice, in its language, with its values filled in.

    A person's own text (a name) can never smuggle a link into our message.
    """
    own = NoticeTemplate.objects.filter(template=notice.template, language=notice.language, is_on=True).first()
    subject, text = (own.subject, own.text) if own else catalogue()[notice.template, notice.language]
    return Words(fill(subject, notice.context), fill(text, notice.context), own.dlt_id if own else "")


def fill(text: str, context: dict[str, str]) -> str:
    """``text`` with each ((value)). Raises ``MissingValue``."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in context:
            raise MissingValue(name)
        filled = names.clean(str(context[name]))
        return filled if name in LINK_VALUES else LINKISH.sub("", filled)

    return VALUE.sub(value, text)


@cache
def catalogue() -> dict[tuple[str, str], tuple[str, str]]:
    """(template, language) → (subject, text), from the files."""
    words = {}
    for path in sorted(FOLDER.glob("*.*.txt")):
        template, language, _txt = path.name.split(".")
        subject, _newline, text = path.read_text(encoding="utf-8").partition("\n")
        words[template, language] = (subject.strip(), text.strip())
    return words
