"""Answers that hold more than one thing: several numbers, links among words, options of a question."""

import re
from typing import Any

from applications import platforms
from applications.domain.importing.cells import ascii_digits
from applications.models import Question
from applications.models.questions import QuestionKind
from portal import names, phones

URL = re.compile(r"https?://[^\s\"'<>,;)]+", re.IGNORECASE)
BETWEEN_NUMBERS = re.compile(r"[/,;&|\n]+|\bor\b|\band\b|या|और")
BETWEEN = re.compile(r"[\s,;]+")
LONGEST_LINE = 200


def lines(text: str) -> str:
    """A text of several lines, each cleaned: no invisible signs, nothing that a database refuses."""
    return "\n".join(names.clean(line) for line in text.splitlines()).strip()


def phones_in(text: str) -> list[str]:
    """The mobile numbers of a cell in their one spelling, each once."""
    found = []
    for part in BETWEEN_NUMBERS.split(text):
        try:
            number = phones.normalise(part.strip(" '=").removesuffix(".0"))
        except phones.BadPhone:
            continue
        found.append(number)
    return list(dict.fromkeys(found))


def accounts(text: str, platform: str) -> tuple[list[dict[str, str]], bool]:
    """The accounts that a cell names, ready for ``Application.links``, and whether that was all it said.

    What is neither a link nor a name stays as text under the platform of the column.
    """
    links = URL.findall(text)
    parts = links or [part for part in BETWEEN.split(text.strip()) if part]
    several = len(parts) > 1 and not links and not all("." in part or part.startswith("@") for part in parts)
    parts = [names.clean(text)] if several else parts  # “insta: name”, or words that are no name at all
    found = [account for part in parts if (account := _account(part, platform))]
    if not found:
        said = names.clean(text)
        return [platforms.Account(platform, said[: platforms.LONGEST], "")._asdict()], len(said) <= platforms.LONGEST
    rest = URL.sub("", text) if links else ""
    return [account._asdict() for account in found], len(found) == len(parts) and not rest.strip(" ,;\n\t")


def answer(question: Question, text: str) -> Any:
    """The answer as the form keeps it; ``None`` when the text is none."""
    said = names.clean(text)
    if question.kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL):
        chosen = _chosen(question, said)
        return chosen if question.kind == QuestionKind.SEVERAL or not chosen else chosen[0]
    if question.kind == QuestionKind.NUMBER:
        digits = ascii_digits(said).replace(",", "").removesuffix(".0")
        fits = digits.isdecimal() and len(digits) < 10 and int(digits) >= (question.least or 0)
        return int(digits) if fits and (question.most is None or int(digits) <= question.most) else None
    if question.kind == QuestionKind.LINK:
        account = _account(said, "")
        return account._asdict() if account else None
    if question.kind == QuestionKind.LINE:
        return said if len(said) <= LONGEST_LINE else None
    return lines(text)


def _account(part: str, platform: str) -> platforms.Account | None:
    """One link or name; in the column of a platform a bare word is a name there."""
    is_link = "/" in part or part.casefold().removeprefix("www.").endswith(tuple(platforms.HOSTS))
    tries = [part] if is_link or not platform else [f"{platform} {part}", part]
    for text in tries:
        try:
            return platforms.recognise(text)
        except platforms.NotALink:
            continue
    return None


def _chosen(question: Question, said: str) -> list[int] | None:
    """The numbers of the options that make up the whole answer, as Google joins them with commas."""
    rest = said.casefold()
    found = set()
    both = [words.splitlines() for words in (question.options_hi, question.options_en)]
    options = [(names.clean(word).casefold(), number) for words in both for number, word in enumerate(words, start=1)]
    for option, number in sorted(options, key=lambda pair: -len(pair[0])):
        if option and re.search(rf"(?:^|, ?){re.escape(option)}(?:$|,)", rest):
            rest = re.sub(rf"(^|, ?){re.escape(option)}(?=$|,)", r"\1", rest, count=1)
            found.add(number)
    whole = not rest.strip(" ,") and (question.kind == QuestionKind.SEVERAL or len(found) == 1)
    return sorted(found) if found and whole else None
