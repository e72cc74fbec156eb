"""The notice that stands before consent: what, why, how long, who sees it, and one's rights.

``version`` names the words themselves: when they change in either language,
so does it. The words of each version that somebody agreed to are kept in
``ConsentText``, as they were shown. Hindi and English are ours; an
administrator may add the other languages of the Eighth Schedule.
"""

from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext_lazy as _

NOTICE = "2025-11-2"  # raise it when the words change; a test holds it to them
IMPORT = "import-2025-11"  # sent to people whose answers came from an earlier form
DEMO = "demo"  # what tells made-up applications from real ones
UNTIL_A_YEAR_AFTER = _("one year after the result")
OURS = ("hi", "en")
NAMES = {  # of the Eighth Schedule, each as it calls itself
    "hi": "हिंदी", "en": "English", "as": "অসমীয়া", "bn": "বাংলা", "brx": "बड़ो", "doi": "डोगरी", "gu": "ગુજરાતી",
    "kn": "ಕನ್ನಡ", "ks": "کٲشُر", "kok": "कोंकणी", "mai": "मैथिली", "ml": "മലയാളം", "mni": "ꯃꯤꯇꯩꯂꯣꯟ", "mr": "मराठी",
    "ne": "नेपाली", "or": "ଓଡ଼ିଆ", "pa": "ਪੰਜਾਬੀ", "sa": "संस्कृतम्", "sat": "ᱥᱟᱱᱛᱟᱲᱤ", "sd": "سنڌي", "ta": "தமிழ்",
    "te": "తెలుగు", "ur": "اردو",
}  # fmt: skip
FROM_THE_RIGHT = {"ks", "sd", "ur"}


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
LABELS = {  # what stands around the lines
    "title": _("How your information is used"),
    "what": _("What"),
    "why": _("Why"),
    "how_long": _("How long"),
    "who": _("Who sees it"),
    "withdraw": _(
        "You may take your consent back at any time, on the page of your application, as easily as you give it. "
        "You may also ask to see, correct or erase what is kept about you."
    ),
    "officer": _("Grievance officer"),
    "board": _("If you are not satisfied, you may complain to the Data Protection Board of India."),
    "consent": _("I agree that my information is used for this drive as described above"),
    "wants_messages": _("I also want messages about later drives and workshops (optional)"),
    "declared": _("By submitting you declare that what you have written is true."),
}
BY_IMPORT = [
    _("You answered an earlier form of ours. Your answers are now kept here, for the same drive and nothing else."),
    *RIGHTS,
]


class Notice(NamedTuple):
    """The notice in one language, as it is shown."""

    version: str
    language: str
    items: list[list[str]]
    rights: list[str]
    labels: dict[str, str]

    @property
    def name(self) -> str:
        """Of its language."""
        return NAMES[self.language]

    @property
    def direction(self) -> str:
        return "rtl" if self.language in FROM_THE_RIGHT else "ltr"

    def lines(self, *, representation: bool) -> list[Item]:
        """The lines that are true for a drive."""
        both = zip(ITEMS, self.items, strict=True)
        return [Item(*line) for item, line in both if representation or not item.representation]


@lru_cache(maxsize=2)
def ours(language: str) -> Notice:
    """The notice in Hindi or English."""
    with translation.override(language):
        labels = {name: str(label) for name, label in LABELS.items()}
    return Notice(version(), language, **words(version(), language), labels=labels)


def originals() -> list[str]:
    """All that a translator has before them, each line once: lazy, in the reader's own language."""
    lines = [word for item in ITEMS for word in item[:4]] + RIGHTS + list(LABELS.values())
    with translation.override("en"):
        return list({str(line): line for line in lines}.values())


def translated(said: list[str]) -> dict[str, Any]:
    """The body of a further language from what was written for each of ``originals``."""
    with translation.override("en"):
        there = {str(line): word for line, word in zip(originals(), said, strict=True)}
        return {
            "items": [[there[str(word)] for word in item[:4]] for item in ITEMS],
            "rights": [there[str(line)] for line in RIGHTS],
            "labels": {name: there[str(label)] for name, label in LABELS.items()},
        }


def said_before(body: dict[str, Any]) -> list[str]:
    """The same the other way round, so far as the lines are still the same: what a translator begins with."""
    with translation.override("en"):
        there = {
            str(word): said
            for item, line in zip(ITEMS, body["items"], strict=False)
            for word, said in zip(item[:4], line, strict=True)
        }
        there |= {str(line): said for line, said in zip(RIGHTS, body["rights"], strict=False)}
        there |= {str(label): body.get("labels", {}).get(name, "") for name, label in LABELS.items()}
        return [there.get(str(line), "") for line in originals()]


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
