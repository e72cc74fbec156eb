"""How far the sheets of a day are in, and whose are missing: all that is told while the day takes sheets."""

from collections import Counter
from typing import NamedTuple

from interviews.domain import panels
from interviews.models import Interview, InterviewDay, PanelMember
from interviews.states import Status
from portal.models import Person


class Missing(NamedTuple):
    """A panel member who has sheets to hand in, of how many people."""

    person: Person
    panel: str
    sheets: int


class Completeness(NamedTuple):
    """``whole`` of ``interviewed`` people have every sheet; ``given`` of ``wanted`` sheets are in."""

    interviewed: int
    whole: int
    wanted: int
    given: int
    missing: list[Missing]

    @property
    def lacking(self) -> int:
        return self.interviewed - self.whole


def of_day(day: InterviewDay) -> Completeness:
    """From whoever sits on the panel of an interview, without those with a conflict."""
    interviews = list(Interview.objects.of_day(day).here().exclude(status=Status.ARRIVED).with_sheets())
    wanted = given = whole = 0
    people: dict[int, Person] = {}
    lacks: Counter[tuple[str, int]] = Counter()
    for interview in interviews:
        owed, done = owing(interview), handed_in(interview)
        wanted, given, whole = wanted + len(owed) + len(done), given + len(done), whole + (not owed)
        people |= {stay.person_id: stay.person for stay in owed}
        lacks.update((stay.panel.name, stay.person_id) for stay in owed)
    found = [Missing(people[key], panel, count) for (panel, key), count in lacks.items()]
    missing = sorted(found, key=lambda one: (one.panel, -one.sheets, one.person.name))
    return Completeness(len(interviews), whole, wanted, given, missing)


def owing(interview: Interview) -> list[PanelMember]:
    """Who sits before this person, has no conflict, and handed in nothing; of rows read ``with_sheets``."""
    free = handed_in(interview) | {conflict.person_id for conflict in interview.application.conflicts.all()}
    return [stay for stay in panels.present(interview) if stay.person_id not in free]


def handed_in(interview: Interview) -> set[int]:
    """Those whose sheet is in, counted yet or not."""
    return {sheet.panelist_id for sheet in interview.sheets.all() if sheet.submitted_at}
