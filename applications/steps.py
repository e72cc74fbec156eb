"""The steps of the form: which of the seven a drive asks, in what words, with which questions of its own."""

import json
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import prefetch_related_objects

from applications.states import EDITABLE, STILL_IN

STEPS = ["name", "area", "about", "work", "social", "writing", "photo"]
ROOT = ["name", "area"]  # a draft that has these before the deadline gets the grace
CHECK = "check"
ALWAYS = ["contact", "coming"]  # what an applicant may change as long as the application is alive
PLAIN = ["area"]  # a picker, several small forms: it takes no questions of a drive


def steps_of(drive: Any) -> list[str]:
    """The steps that this drive asks, in their order."""
    off = {text.step for text in _texts(drive) if not text.is_on}
    return [step for step in STEPS if step not in off]


def wording(drive: Any, step: str) -> Any:
    """The drive's ``StepText`` of a step; ``None`` where ours holds."""
    return next((text for text in _texts(drive) if text.step == step), None)


def questions(drive: Any, step: str) -> list[Any]:
    """The questions that a drive adds to a step, in their order."""
    if step in PLAIN:
        return []
    _gather(drive)
    return [question for question in drive.questions.all() if question.step == step]


def asked(drive: Any, step: str, given: dict[str, Any]) -> list[Any]:
    """Those of the drive's questions whose condition these answers fulfil: ``given`` is ``{str(key): value}``."""
    open_ones: dict[int, Any] = {}
    for question in questions(drive, step):
        before = question.shown_when_id
        if before is None or (before in open_ones and given.get(str(before)) == question.shown_value):
            open_ones[question.pk] = question
    return list(open_ones.values())


def missing(answers: dict[str, Any], drive: Any) -> list[str]:
    """The steps that brought nothing yet, or lack an answer that the drive needs."""
    return [step for step in steps_of(drive) if step not in answers or _lacks(drive, step, answers[step])]


def after(step: str, drive: Any) -> str:
    """The next step, at last the check page."""
    everything = [*steps_of(drive), CHECK]
    return everything[everything.index(step) + 1]


def before(step: str, drive: Any) -> str | None:
    """The step before; ``None`` at the first."""
    everything = [*steps_of(drive), CHECK]
    at = everything.index(step)
    return everything[at - 1] if at else None


def changeable(status: str, *, before_deadline: bool, drive: Any = None) -> list[str]:
    """What may be changed in this status: all until the deadline, then how to reach the person; always the day."""
    if status in EDITABLE and before_deadline:
        return [*(steps_of(drive) if drive else STEPS), "coming"]
    return ALWAYS if status in STILL_IN else []


COLUMNS = {
    "name": ["name", "phone", "on_whatsapp"],
    "area": ["unit_id", "place_note"],
    "about": ["birth_year", "gender", "social_group", "education"],
    "work": ["since", "roles", "work"],
    "social": ["links", "no_links", "followers"],
    "writing": ["prompt_id", "writing"],
    "photo": ["can_come", "serve_level", "wishes"],
    "contact": ["phone", "on_whatsapp"],
    "coming": ["can_come", "come_from", "come_until", "speaks", "come_note"],
}


def held(application: Any, step: str) -> dict[str, Any]:
    """What an application holds of a step, for ``fingerprint``."""
    own = {str(question.pk): application.extra.get(str(question.pk)) for question in questions(application.drive, step)}
    return {field: getattr(application, field) for field in COLUMNS[step]} | {"extra": own}


def fingerprint(saved: dict[str, Any] | None) -> str:
    """A sign of what a step held when its page was opened; nothing for a step not yet saved."""
    if not saved:
        return ""
    words = json.dumps(saved, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return sha256(words.encode(errors="surrogatepass")).hexdigest()[:16]


def has_changed(*, opened: str | None, saved: dict[str, Any] | None, answers: dict[str, Any]) -> bool:
    """Did somebody save something else since the page was opened? ``opened`` is the fingerprint that it carried."""
    if opened is None or fingerprint(saved) == opened:
        return False
    return bool(saved) and fingerprint(saved) != fingerprint(answers)


def _lacks(drive: Any, step: str, saved: dict[str, Any]) -> bool:
    given = saved.get("extra") or {}
    empty = (None, "", [])
    return any(question.is_needed and given.get(str(question.pk)) in empty for question in asked(drive, step, given))


def _texts(drive: Any) -> Any:
    _gather(drive)
    return drive.step_texts.all()


def _gather(drive: Any) -> None:
    """Two queries for a drive, however often its form is asked about."""
    if "questions" not in getattr(drive, "_prefetched_objects_cache", {}):
        prefetch_related_objects([drive], "step_texts", "questions")
