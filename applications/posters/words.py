"""What stands on a poster: the words of one, and those that every poster has in its language."""

from dataclasses import dataclass
from enum import StrEnum

from portal.brand import Brand
from portal.typesetting import unprintable


class Template(StrEnum):
    """How the message is set."""

    TEXT = "text"
    PHOTO = "photo"  # with a leader's portrait
    EVENT = "event"  # with when and where
    DISTRICT = "district"  # the unit's name is what one sees first
    PLAIN = "plain"  # black on white: for any printer, any copier


FIXED = {  # of the poster's own language, which need not be that of the person who prints it
    "hi": {
        "deadline": "आवेदन की अंतिम तिथि",
        "closed_label": "आवेदन बंद हो चुके हैं",
        "scan": "मोबाइल कैमरे से स्कैन करें",
        "closed": "आवेदन बंद",
        "when": "कब",
        "where": "कहाँ",
        "team": "हमारी टीम",
    },
    "en": {
        "deadline": "Apply by",
        "closed_label": "Applications have closed",
        "scan": "Scan with your phone camera",
        "closed": "Closed",
        "when": "When",
        "where": "Where",
        "team": "Our team",
    },
}
TEXTS = (
    *("organisation", "unit_name", "title", "subtitle", "deadline_text", "short_url_text", "footer"),
    *("when", "where", "portrait_name", "portrait_post"),
)


class Unprintable(Exception):
    """A text has characters (an emoji, say) that our font lacks."""

    def __init__(self, field: str, characters: str) -> None:
        super().__init__(f"{field} has characters that cannot be printed: {characters}")
        self.field = field
        self.characters = characters


@dataclass(frozen=True)
class Poster:
    """The words of a poster. ``brand`` comes from ``portal.brand.colours``.

    ``url`` goes into the code; ``short_url_text`` is what a person may type instead;
    ``footer`` names printer and publisher where the law asks for it. ``when`` and
    ``where`` belong to an event, ``portrait`` (a picture as ``photos.remake`` makes
    it) and what stands below it to a leader.
    """

    organisation: str
    title: str
    subtitle: str
    deadline_text: str
    url: str
    short_url_text: str
    brand: Brand
    unit_name: str = ""
    footer: str = ""
    closed: bool = False
    template: Template = Template.TEXT
    when: str = ""
    where: str = ""
    portrait: bytes = b""
    portrait_name: str = ""
    portrait_post: str = ""


def refuse_unprintable(poster: Poster) -> None:
    """Raise ``Unprintable`` for the first text that would show empty boxes."""
    for field in TEXTS:
        if missing := unprintable(getattr(poster, field)):
            raise Unprintable(field, missing)
