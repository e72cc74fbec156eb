"""Who applied, for those who form a committee: marks and ranks are told only to who decides on results."""

import pytest
from django.utils import timezone

from committees.access import Right
from committees.domain import lending
from interviews.domain import candidacy, closing, deciding, freezing, hopefuls
from portal.models import User
from tests.factories.committees import make_person
from tests.factories.sunday import at, handed_in, interviewed, judges_of, shortlisted


@pytest.fixture
def selected(day, drive, places, now, panel, office, other_office):
    """One who was selected on a day whose results are frozen."""
    interview = interviewed(day, shortlisted(drive, places.danta, now, 1), now)
    handed_in(interview, judges_of(panel)[0], (4, 4, 4, 4, 4))
    decision = deciding.propose(interview=interview, outcome="SELECTED", reason="rank", by=office, now=at(18))
    deciding.approve_many(decisions=[decision], by=other_office, now=at(18, 30))
    closing.close_day(day=day, by=office, now=at(18, 45))
    freezing.freeze(day=day, by=office, now=at(19))


def told(user, places):
    """Rank, fifth of the marks, and the marks for the choice of in-charges."""
    now = timezone.now()
    [hopeful] = hopefuls.of_unit(user=user, unit=places.danta, now=now)
    [applicant] = candidacy.applicants(user=user, now=now)
    return hopeful.rank, hopeful.band, applicant.score is not None


def test_a_deputy_and_borrowed_eyes_read_no_marks(selected, places, office, time_machine):
    time_machine.move_to(at(19, 30), tick=False)
    given = {"rights": [Right.REVIEW, Right.FORM], "fill": 2, "until": at(20).date(), "person": make_person(at(19))}
    giver = office.person.appointments.get()
    deputy = lending.lend(giver=giver, unit=places.state, by=office, now=at(19), **given).person.user
    looked_through = User.objects.get(pk=office.pk)
    looked_through.looked_through_by = deputy.person_id

    assert told(office, places) == (1, "80–100 %", True)
    assert told(deputy, places) == (None, "", False)
    assert told(looked_through, places) == (None, "", False)
