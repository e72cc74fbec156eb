"""What people answered to a drive's own questions, as a person reads it."""

from typing import Any, NamedTuple

from applications.steps import STEPS, asked

IMPORTED = "import:"  # begins the keys of such answers


class Answered(NamedTuple):
    """One question with its answer; ``url`` opens a link, ``file`` is the key of a file."""

    label: str
    value: str
    url: str = ""
    file: int | None = None


def rows(drive: Any, step: str, given: dict[str, Any], *, for_panel: bool = False) -> list[Answered]:
    """The questions of one step that were asked, each with what was answered, in the language of the page."""
    wanted = [question for question in asked(drive, step, given) if question.is_for_panel or not for_panel]
    return [_row(question, given.get(str(question.pk))) for question in wanted]


def all_rows(drive: Any, given: dict[str, Any], *, for_panel: bool = False) -> list[Answered]:
    """The same for all steps."""
    own = [row for step in STEPS for row in rows(drive, step, given, for_panel=for_panel)]
    return own if for_panel else own + imported(given)


def imported(given: dict[str, Any]) -> list[Answered]:
    """What came with an import and has no place of its own: under the heading it had there."""
    return [Answered(key.removeprefix(IMPORTED), text) for key, text in given.items() if key.startswith(IMPORTED)]


def _row(question: Any, value: Any) -> Answered:
    label = question.label
    if question.kind in {"choice", "several"}:
        chosen = value if isinstance(value, list) else [value]
        options = question.options
        return Answered(label, "\n".join(options[n - 1] for n in chosen if n and n <= len(options)))
    if isinstance(value, dict) and "file" in value:
        return Answered(label, value["name"], file=value["file"])
    if isinstance(value, dict):
        return Answered(label, value["text"], url=value["url"])
    return Answered(label, "" if value is None else str(value))
