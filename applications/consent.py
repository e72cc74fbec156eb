"""The notice that stands before consent: what, why, how long, who sees it, and one's rights.

``version`` names the words themselves: when they change in either language,
so does it. The words of each version that somebody agreed to are kept in
``ConsentText``, as they were shown.
"""

from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext_lazy as _

NOTICE = "2025-11-2"  # raise it when the words change; a test holds it to them
IMPORT = "import-2025-11"  # sent to people whose answers came from an earlier form
DEMO = "demo"  # what tells made-up applications from real ones
UNTIL_A_YEAR_AFTER = _("one year after the result")


class Item(NamedTuple):
    """One line of the notice."""

    what: str
    why: str
    how_long: str
    who: str
    representation: bool = False  # only for drives that ask for it


ITEMS = [
    Item(
        _("Name and mobile number"),
        _("to reach you and tell you the result"),
        UNTIL_A_YEAR_AFTER,
        _("the office and the in-charge of your district"),
    ),
    Item(
        _("Booth, village or ward"),
        _("to form committees where you live"),
        UNTIL_A_YEAR_AFTER,
        _("the office, the in-charge of your district and the panel"),
    ),
    Item(
        _("Year of birth and education"),
        _("to make sure of the age of 18 and to know you"),
        UNTIL_A_YEAR_AFTER,
        _("the office; the panel sees an age group only"),
    ),
    Item(
        _("Gender and social group, if you tell them"),
        _("to count representation in committees"),
        UNTIL_A_YEAR_AFTER,
        _("the office, as numbers only; never the panel"),
        representation=True,
    ),
    Item(
        _("Work, social media and writing sample"),
        _("to judge by the criteria of the drive"),
        UNTIL_A_YEAR_AFTER,
        _("the office, the in-charge of your district and the panel"),
    ),
    Item(
        _("Photo, if you give one"),
        _("for the appointment letter and the interview day"),
        UNTIL_A_YEAR_AFTER,
        _("the office and the panel"),
    ),
]


RIGHTS = [
    _("See, correct, download or erase what is kept: on the page My data."),
    _("Take your consent back at any time: one page, one button."),
    _("Complain to our grievance officer, and after that to the Data Protection Board of India."),
]
BY_IMPORT = [
    _("You answered an earlier form of ours. Your answers are now kept here, for the same drive and nothing else."),
    *RIGHTS,
]


def items(*, representation: bool) -> list[Item]:
    """The lines that are true for a drive."""
    return [item for item in ITEMS if representation or not item.representation]


def words(version_: str, language: str) -> dict[str, list] | None:
    """The body of a version that the code still knows; ``None`` for an older one."""
    if version_ not in {version(), IMPORT, DEMO}:
        return None
    with translation.override(language):
        return {
            "items": [[str(word) for word in item[:4]] for item in ITEMS],
            "rights": [str(line) for line in (BY_IMPORT if version_ == IMPORT else RIGHTS)],
        }


@lru_cache(maxsize=1)
def version() -> str:
    """The notice's number and a digest of its words in both languages."""
    said = []
    for language in ("hi", "en"):
        with translation.override(language):
            said += [str(word) for item in ITEMS for word in item[:4]] + [str(line) for line in RIGHTS]
    return f"{NOTICE}.{sha256('|'.join(said).encode()).hexdigest()[:8]}"
