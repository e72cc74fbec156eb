"""From a row of text to the columns of an application, or to a problem with its mend."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from applications.answered import IMPORTED
from applications.domain.importing import answers, cells, columns
from applications.domain.importing.columns import LINKS, PLACES, C
from applications.domain.importing.places import LONGEST_NOTE, Places
from applications.domain.importing.sheets import Sheet
from applications.models import Drive
from portal import names

HERE = ZoneInfo(settings.TIME_ZONE)
LEFT_OUT, DOUBLE, NOTE = "out", "double", "note"
LINKS_MOST = 5
LONGEST_NAME = 120
LONGEST_TEXT = 6000
LONGEST_HEADING = 120
MAY_BE_NOTHING = {*PLACES, *LINKS, C.BIRTH, C.AGE, C.GENDER, C.GROUP, C.WHEN}  # "none" is no answer to these
OLDEST = timedelta(days=366 * 10)


class Problem(NamedTuple):
    """What is to be known of one row: left out, a duplicate, or taken in with a note. Quotes nobody's words."""

    row: int
    column: str
    message: str
    kind: str


class Reader:
    """What all rows of a file share."""

    def __init__(self, sheet: Sheet, mapping: Mapping[str, str], drive: Drive, now: datetime) -> None:
        self.headings, self.drive, self.now = sheet.headings, drive, now
        self.meant = [mapping.get(columns.letter(index), str(C.KEEP)) for index in range(len(sheet.headings))]
        self.places_of: dict[str, list[int]] = {}
        for index, meant in enumerate(self.meant):
            self.places_of.setdefault(meant, []).append(index)
        self.places = Places(drive.unit, now.astimezone(HERE).date())
        self.questions = columns.questions(drive)
        self.orders: dict[int, str] = {}
        self.unsure: set[int] = set()
        for index, meant in enumerate(self.meant):
            if meant in (C.WHEN, C.BIRTH):
                self.orders[index], is_sure = cells.order_of(said[index] for _number, said in sheet.rows)
                if not is_sure:
                    self.unsure.add(index)

    def of(self, meant: str) -> list[int]:
        return self.places_of.get(str(meant), [])

    def called(self, meant: str) -> str:
        return next((columns.called(index, self.headings) for index in self.of(meant)), "")


class Row:
    """One row while it is read."""

    def __init__(self, reader: Reader, number: int, said: list[str]) -> None:
        self.shared, self.number, self.said = reader, number, said
        self.problems: list[Problem] = []
        self.extra: dict[str, Any] = {}

    def read(self) -> dict[str, Any] | None:
        """The columns of the application; ``None`` when the row stays out, and then ``problems`` says why."""
        when = self._when()
        values: dict[str, Any] = {
            "submitted_at": when,
            "name": self._name(),
            "phone": self._phone(),
            "birth_year": self._birth(when.astimezone(HERE)),
        }
        self._consent()
        if any(problem.kind == LEFT_OUT for problem in self.problems):
            self.problems = [problem for problem in self.problems if problem.kind == LEFT_OUT]
            return None
        values |= self._place() | self._representation() | self._texts() | self._choices(when.astimezone(HERE))
        values["on_whatsapp"] = self._whatsapp(values["phone"])
        values["links"] = self._links()
        values["no_links"] = not values["links"]
        self._own_questions()
        for index in self.shared.of(C.KEEP):
            self._keep(index)
        return values | {"extra": self.extra}

    # --- who, when, how old: what a row cannot do without -----------------------------------------

    def _when(self) -> datetime:
        """When the answer was given; the moment of the import when the file does not say."""
        for index, text in self._told(C.WHEN):
            written = cells.day(text, self.shared.orders[index], self.shared.now)
            if written and self.shared.now - OLDEST < written.at <= self.shared.now:
                if written.is_ambiguous and index in self.shared.unsure:
                    self._say(index, _("Day and month could be swapped; the day was taken to stand first."), NOTE)
                return written.at
            self._say(index, _("This is no time of an answer; the moment of the import stands in its place."), NOTE)
            self._keep(index)
        return self.shared.now

    def _name(self) -> str:
        index = self.shared.of(C.NAME)[0]
        name = names.clean(self.said[index])
        if not name:
            self._say(index, _("The name is missing. Write the full name."))
        elif sum(sign.isalpha() for sign in name) < 2 or names.mixed_scripts(name) or name.startswith("="):
            self._say(index, _("This is no name. Write the full name in letters."))
        elif len(name) > LONGEST_NAME:
            self._say(index, _("The name is longer than 120 letters. Shorten it."))
        return name

    def _phone(self) -> str:
        """One number; of several in one cell the first that is a mobile number, and that is said."""
        index = self.shared.of(C.PHONE)[0]
        text = names.clean(self.said[index]).lstrip("'=")
        wanted = _("A mobile number has 10 digits and begins with 6, 7, 8 or 9.")
        if not text:
            self._say(index, _("The mobile number is missing."))
        elif "e+" in text.casefold():
            rounded = _("The spreadsheet has rounded the number. Format the column as plain text and write it again.")
            self._say(index, rounded)
        else:
            found = answers.phones_in(text)
            if not found:
                self._say(index, wanted)
            elif len(found) > 1:
                self._say(index, _("There are several numbers; the first is taken, all are kept beside."), NOTE)
                self._keep(index)
            return found[0] if found else ""
        return ""

    def _birth(self, asked: datetime) -> int:
        """The year of birth. Below 18 the row stays out, and when nobody can tell, too."""
        doubts = {
            "young": _("Under 18: nothing of this row is kept."),
            "order": _("Day and month could be swapped, and with them the age of 18. Write the date as 25-11-2007."),
            cells.EDGE: _("18 only in the course of that year. Write the whole date of birth."),
        }
        told = [*self._told(C.BIRTH), *self._told(C.AGE)]
        for index, text in told:
            order = self.shared.orders.get(index, cells.DAY_FIRST)
            read = cells.birth(text=text, order=order, asked=asked, now=self.shared.now)
            if read is None:
                continue
            year, doubt = read
            if doubt != cells.EDGE or (index, text) == told[-1]:
                if doubt:
                    self._say(index, doubts[doubt])
                return year
        place = [*self.shared.of(C.BIRTH), *self.shared.of(C.AGE)][0]
        if told:
            self._say(told[0][0], _("This is no year or date of birth. Write four digits, such as 1995."))
        else:
            self._say(place, _("The year of birth is missing; without it nobody knows that the person is 18."))
        return 0

    def _consent(self) -> None:
        for index in self.shared.of(C.CONSENT):
            if not cells.says_yes(self.said[index]):
                self._say(index, _("No consent is given here. Ask the person, or let them apply on the form."))

    # --- the rest: what cannot be read is kept beside, under its heading ---------------------------

    def _place(self) -> dict[str, Any]:
        typed = {str(meant): text for meant in PLACES for _index, text in self._told(meant)}
        found = self.shared.places.find(typed)
        index = next((index for meant in reversed(PLACES) for index in self.shared.of(meant)), 0)
        note = found.note
        if not typed:
            self._say(index, _("No place is given; the row goes to the list of places to be found."), NOTE)
            note = no_place()
        elif note:
            self._say(index, _("Not found in the list of units; the row goes to the list of places to be found."), NOTE)
            if len(note) > LONGEST_NOTE:
                for meant in PLACES:
                    for asked in self.shared.of(meant):
                        self._keep(asked)
        return {"unit_id": found.unit, "place_note": note[:LONGEST_NOTE]}

    def _representation(self) -> dict[str, str]:
        readers = {C.GENDER: ("gender", cells.gender), C.GROUP: ("social_group", cells.group)}
        values = {}
        for meant, (column, reader) in readers.items():
            for index, text in self._told(meant):
                read = reader(text)
                if read is None:
                    self._say(index, _("The answer was not understood and is left open."), NOTE)
                else:
                    values[column] = str(read)
        return values

    def _texts(self) -> dict[str, str]:
        """Lines and texts; what is too long for its place is kept whole beside."""
        values = {}
        for meant, most in ((C.EDUCATION, 80), (C.ROLES, 200), (C.WORK, LONGEST_TEXT), (C.WRITING, LONGEST_TEXT)):
            text = "\n".join(answers.lines(text) for _index, text in self._told(meant))
            if meant in (C.EDUCATION, C.ROLES):
                text = names.clean(text)
            if len(text) > most:
                for index in self.shared.of(meant):
                    told = _("Longer than %(n)d letters: the beginning stands in its place, all of it beside.")
                    self._say(index, told % {"n": most}, NOTE)
                    self._keep(index)
            values[str(meant.value)] = text[:most]
        return values

    def _choices(self, asked: datetime) -> dict[str, str]:
        values = {"since": "", "can_come": "", "serve_level": "", "followers": ""}
        readers = {"since": lambda text: cells.since(text, asked), "can_come": cells.can_come}
        readers |= {"serve_level": cells.level, "followers": cells.followers}
        for meant, column in zip((C.SINCE, C.COME, C.SERVE, C.FOLLOWERS), readers, strict=True):
            for index, text in self._told(meant):
                read = readers[column](text)
                values[column] = str(read or "")
                if read is None:
                    self._keep(index)
        return values

    def _whatsapp(self, phone: str) -> bool:
        for index, text in self._told(C.WHATSAPP):
            other = answers.phones_in(text)
            if other and phone not in other:
                self._keep(index)
            return phone in other if other else cells.says_yes(text) is not False
        return not self.shared.of(C.WHATSAPP)

    def _links(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for meant, platform in LINKS.items():
            for index, text in self._told(meant):
                accounts, is_whole = answers.accounts(text, platform)
                known = {_address(account) for account in found}
                fresh = [account for account in accounts if _address(account) not in known]
                if not is_whole or len(found) + len(fresh) > LINKS_MOST:
                    self._keep(index)
                found += fresh
        return found[:LINKS_MOST]

    def _own_questions(self) -> None:
        for key, question in self.shared.questions.items():
            for index, text in self._told(key):
                answer = answers.answer(question, text)
                if answer is None:
                    self._say(index, _("This is none of the answers of the question; it is kept beside."), NOTE)
                    self._keep(index)
                else:
                    self.extra[str(question.pk)] = answer

    def _told(self, meant: str) -> Iterator[tuple[int, str]]:
        """The columns of this meaning in which something is said."""
        for index in self.shared.of(meant):
            text = self.said[index]
            if text.strip() and not (meant in MAY_BE_NOTHING and cells.is_nothing(text)):
                yield index, text

    def _keep(self, index: int) -> None:
        """Beside the application, under the heading."""
        text = answers.lines(self.said[index])
        if text:
            heading = names.clean(self.shared.headings[index])[:LONGEST_HEADING] or columns.letter(index)
            key = f"{IMPORTED}{heading}"
            self.extra[key] = f"{self.extra[key]}\n{text}" if self.extra.get(key, text) != text else text

    def _say(self, index: int, message: str, kind: str = LEFT_OUT) -> None:
        self.problems.append(Problem(self.number, columns.called(index, self.shared.headings), message, kind))


def no_place() -> str:
    """What the office reads as the note of somebody who named no place; in Hindi, whoever imports."""
    with translation.override("hi"):
        return _("no place given")


def _address(account: dict[str, str]) -> tuple[str, str]:
    return account["platform"], (account["url"] or account["text"]).rstrip("/")
