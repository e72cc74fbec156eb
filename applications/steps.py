"""The seven steps of the form, in their order, and who may still change which."""

from typing import Any

from applications.states import EDITABLE, STILL_IN

STEPS = ["name", "area", "about", "work", "social", "writing", "photo"]
CHECK = "check"
ALWAYS = ["contact", "coming"]  # what an applicant may change as long as the application is alive


def missing(answers: dict[str, Any]) -> list[str]:
    """The steps that brought nothing yet."""
    return [step for step in STEPS if step not in answers]


def after(step: str) -> str:
    """The next step, at last the check page."""
    return [*STEPS, CHECK][STEPS.index(step) + 1]


def before(step: str) -> str | None:
    """The step before; ``None`` at the first."""
    everything = [*STEPS, CHECK]
    at = everything.index(step)
    return everything[at - 1] if at else None


def changeable(status: str, *, before_deadline: bool) -> list[str]:
    """What may be changed in this status: all until the deadline, then how to reach the person."""
    if status in EDITABLE and before_deadline:
        return STEPS
    return ALWAYS if status in STILL_IN else []
