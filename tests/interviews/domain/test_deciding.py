import pytest
from django.db import IntegrityError, transaction

from applications.domain import withdrawing
from interviews.domain import conflicts, deciding
from interviews.models import Conflict, Decision
from portal.models import Notice
from portal.transitions import NotAllowed, Stale
from tests.factories.sunday import arrived, at, handed_in, interviewed, judges_of, shortlisted


@pytest.fixture
def best(day, drive, places, now, panel):
    interview = interviewed(day, shortlisted(drive, places.danta, now, 0), now)
    handed_in(interview, judges_of(panel)[0], (5, 5, 5, 5, 5))
    return interview


@pytest.fixture
def second(best, day, drive, places, now, panel):
    interview = interviewed(day, shortlisted(drive, places.danta, now, 1), now)
    handed_in(interview, judges_of(panel)[0], (3, 3, 3, 3, 3))
    return interview


def propose(interview, by, outcome="SELECTED", reason="rank", words=""):
    return deciding.propose(interview=interview, outcome=outcome, reason=reason, words=words, by=by, now=at(18))


def test_two_people_select_and_the_news_goes_out(best, office, other_office):
    decision = propose(best, office)
    deciding.approve(decision=decision, by=other_office, now=at(19))

    best.application.refresh_from_db()
    assert (best.application.status, best.application.reason) == ("SELECTED", "क्रम और अंकों के अनुसार")
    assert Notice.objects.filter(template="result_selected", phone=best.application.phone).count() == 1


def test_nobody_approves_the_own_proposal(best, office):
    decision = propose(best, office)

    with pytest.raises(deciding.SamePerson):
        deciding.approve(decision=decision, by=office, now=at(19))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(approved_by=office, approved_at=at(19))

    best.application.refresh_from_db()
    assert best.application.status == "SHORTLISTED"


def test_who_gave_marks_does_not_approve(best, office, panel):
    decision = propose(best, office)

    with pytest.raises(deciding.ScoredIt):
        deciding.approve(decision=decision, by=judges_of(panel)[0].user, now=at(19))


def test_a_conflict_beats_the_right_to_decide(best, office, other_office):
    Conflict.objects.create(application=best.application, person=office.person, declared_at=at(11))

    with pytest.raises(conflicts.ConflictStands):
        propose(best, office)
    Conflict.objects.create(application=best.application, person=other_office.person, declared_at=at(11))
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(("outcome", "reason"), [("SELECTED", ""), ("MAYBE", "rank"), ("SELECTED", "because")])
def test_a_proposal_has_an_outcome_and_a_reason_of_the_list(best, office, outcome, reason):
    with pytest.raises(ValueError, match="valid"):
        propose(best, office, outcome, reason)


def test_a_lower_rank_before_a_higher_needs_a_sentence(best, second, office):
    with pytest.raises(deciding.NeedsWords):
        propose(second, office)

    decision = propose(second, office, words="दोनों पंचायतों में काम कर चुके हैं")
    assert decision.out_of_order
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(words="")


def test_the_higher_left_behind_afterwards_needs_a_sentence_too(best, second, office):
    propose(best, office)
    propose(second, office)

    with pytest.raises(deciding.NeedsWords):
        propose(best, office, "NOT_SELECTED", "marks")


def test_the_best_together_need_no_sentence(best, second, office):
    made = deciding.propose_many(interviews=[second, best], outcome="SELECTED", reason="rank", by=office, now=at(18))

    assert [decision.out_of_order for decision in made] == [False, False]


def test_all_or_none_are_proposed(best, second, day, drive, places, now, office):
    waiting = arrived(day, shortlisted(drive, places.danta, now, 2), now)

    with pytest.raises(deciding.NotOver):
        deciding.propose_many(
            interviews=[best, second, waiting], outcome="SELECTED", reason="rank", by=office, now=at(18)
        )

    assert Decision.objects.count() == 0


def test_a_new_proposal_takes_the_place_of_the_old_until_it_is_approved(best, office, other_office):
    seen = propose(best, office)
    propose(best, other_office, "WAITING", "seats")

    with pytest.raises(Stale):
        deciding.approve(decision=seen, by=other_office, now=at(19))
    deciding.approve(decision=Decision.objects.select_related("interview").get(), by=office, now=at(19))
    with pytest.raises(deciding.Approved):
        propose(best, office)

    best.application.refresh_from_db()
    assert best.application.status == "WAITING"


def test_who_withdrew_is_not_selected_any_more(best, office, other_office):
    decision = propose(best, office)
    withdrawing.withdraw(application=best.application, why="", now=at(18))

    with pytest.raises(NotAllowed):
        deciding.approve(decision=decision, by=other_office, now=at(19))

    assert Decision.objects.get().approved_at is None


def test_many_are_approved_and_the_rest_is_given_back(best, second, office, other_office):
    mine, theirs = propose(best, office), propose(second, other_office)

    done = deciding.approve_many(decisions=[mine, theirs], by=other_office, now=at(19))

    assert done == ([mine], [theirs])
