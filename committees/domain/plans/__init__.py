"""Many changes of the tree as one: proposed, agreed to by a second person, applied whole, undone whole."""

from committees.domain.plans.deciding import (
    Impossible,
    NotOpen,
    SamePerson,
    Stale,
    TooEarly,
    agree,
    ask_to_undo,
    drop,
    propose,
    undo,
    work_of,
)
from committees.domain.plans.previewing import Preview, preview
from committees.domain.plans.undoing import Overtaken

__all__ = [
    "Impossible",
    "NotOpen",
    "Overtaken",
    "Preview",
    "SamePerson",
    "Stale",
    "TooEarly",
    "agree",
    "ask_to_undo",
    "drop",
    "preview",
    "propose",
    "undo",
    "work_of",
]
