"""What a CSV file of people who sit already looks like: which unit, which post, who. Read by ``unitfile.read``."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from committees import unitfile
from committees.unitfile import AS_NUMBER, READERS, Form, Reader
from portal import phones
from portal.models.people import Gender

OLDEST, YOUNGEST = 100, 18  # years
NAME = 120
GENDERS = {
    Gender.WOMAN: ("w", "f", "woman", "female", "महिला", "स्त्री"),
    Gender.MAN: ("m", "man", "male", "पुरुष"),
    Gender.OTHER: ("o", "other", "अन्य"),
    Gender.UNSAID: ("u", ""),
}
SAID = {word: gender for gender, words in GENDERS.items() for word in words}


def _code(column: str, text: str) -> str:
    if not text:
        raise ValueError(_("Write the code of the unit.") if column == "unit" else _("Write the code of the post."))
    code: str = READERS["parent"](column, text)
    return code


def _name(column: str, text: str) -> str:
    name: str = READERS["name_hi"](column, text)
    if len(name) > NAME:
        raise ValueError(_("Shorten the name to 120 letters"))
    return name


def _phone(column: str, text: str) -> str:
    if AS_NUMBER.fullmatch(text):
        words = _("The spreadsheet has turned this code into the number %(text)s. Format the column as text.")
        raise ValueError(words % {"text": text})
    try:
        return phones.normalise(text.removesuffix(".0"))
    except phones.BadPhone:
        raise ValueError(_("A mobile number has 10 digits and begins with 6, 7, 8 or 9.")) from None


def _gender(column: str, text: str) -> Any:
    try:
        return SAID[text.casefold()]
    except KeyError:
        words = _("“%(text)s” is none of W, M, O. Write one of these letters, or leave the cell empty.")
        raise ValueError(words % {"text": text[:20]}) from None


def _birth_year(column: str, text: str) -> int | None:
    year: int | None = READERS["number"](column, text)
    this = timezone.localdate().year
    if year is not None and not this - OLDEST <= year <= this - YOUNGEST:
        raise ValueError(_("Members are at least 18 years old. Check the year."))
    return year


PEOPLE: dict[str, Reader] = {
    "unit": _code,
    "post": _code,
    "name": _name,
    "phone": _phone,
    "gender": _gender,
    "birth_year": _birth_year,
    "since": READERS["valid_from"],
    "term_ends": READERS["valid_from"],
}
ROSTER = Form(tuple(PEOPLE), ("unit", "post", "name", "phone"), PEOPLE)


def read(content: bytes, errors: list[unitfile.Problem]) -> list[tuple[int, unitfile.Cells]]:
    """The people of the file, each row with its number; what cannot be read goes to ``errors``."""
    return unitfile.read(content, errors, ROSTER)
