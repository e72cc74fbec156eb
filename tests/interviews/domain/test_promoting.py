"""From the waiting list: in order, by two people, and told to whom it concerns."""

import pytest
from django.utils import translation

from applications import access as desk
from applications import outcomes
from applications.models import Application
from interviews.domain import deciding, posts, promoting
from portal.models import Notice
from portal.transitions import Stale
from tests.factories.sunday import at, handed_in, interviewed, judges_of, shortlisted


@pytest.fixture
def waiting(day, drive, places, now, panel, office, other_office):
    """Two on the waiting list, the better one first."""
    decisions = []
    for number, marks in enumerate([(4, 4, 4, 4, 4), (3, 3, 3, 3, 3)]):
        interview = interviewed(day, shortlisted(drive, places.danta, now, number), now)
        handed_in(interview, judges_of(panel)[0], marks)
        decisions.append(
            deciding.propose(interview=interview, outcome="WAITING", reason="seats", by=office, now=at(18))
        )
    done = deciding.approve_many(decisions=decisions, by=other_office, now=at(18, 30))
    return done.approved


def promote(decision, by, words="", reason="rank"):
    return promoting.propose(decision=decision, reason=reason, words=words, by=by, now=at(19))


def test_the_first_in_line_is_promoted_by_two_and_told(waiting, drive, office, other_office):
    assert [decision.place for decision in promoting.line(drive)] == [1, 2]
    promotion = promote(waiting[0], office)
    with pytest.raises(deciding.SamePerson):
        promoting.approve(promotion=promotion, by=office, now=at(19, 5))

    promoting.approve(promotion=promotion, by=other_office, now=at(19, 5))

    application = waiting[0].interview.application
    application.refresh_from_db()
    assert application.status == "SELECTED"
    assert Notice.objects.filter(template="result_selected", phone=application.phone).count() == 1
    assert list(promoting.line(drive)) == [waiting[1]]
    with pytest.raises(Stale):
        promoting.approve(promotion=promotion, by=other_office, now=at(19, 6))


def test_a_promotion_names_a_post_which_is_taken_from_those_left(waiting, drive, office):
    post = posts.of(drive).first()
    before = {row.post: row.given for row in posts.left(drive, posts.given(drive))}

    promoting.propose(decision=waiting[0], reason="rank", post=post, by=office, now=at(19))

    after = {row.post: row.given for row in posts.left(drive, posts.given(drive))}
    assert after == before | {post: before[post] + 1}
    assert posts.of_promoted(drive) == {waiting[0].pk: post}


def test_out_of_order_needs_a_sentence(waiting, office):
    with pytest.raises(deciding.NeedsWords):
        promote(waiting[1], office)

    promotion = promote(waiting[1], office, words="पहले व्यक्ति ने फ़ोन पर मना किया")
    assert promotion.words == "पहले व्यक्ति ने फ़ोन पर मना किया"
    with pytest.raises(Stale):
        promote(waiting[1], office, words="दो बार")
    promoting.drop(promotion=promotion, by=office, now=at(19, 2))
    assert promote(waiting[0], office).decision == waiting[0]


def test_who_is_not_on_the_list_any_more_is_not_promoted(waiting, office, other_office):
    promotion = promote(waiting[0], office)
    Application.objects.filter(pk=waiting[0].interview.application_id).update(status="WITHDRAWN")

    with pytest.raises(promoting.NotWaiting):
        promoting.approve(promotion=promotion, by=other_office, now=at(19, 5))
    with pytest.raises(promoting.NotWaiting):
        promote(waiting[0], office)


def test_the_applicant_reads_a_band_and_the_desk_moves_nobody_whom_two_decided(waiting, office):
    application = Application.objects.select_related("drive__unit").get(pk=waiting[0].interview.application_id)

    with translation.override("hi"):
        assert outcomes.band(application) == "आप इस सूची के पहले 10 लोगों में हैं।"
    assert desk.moves(application, user=office) == []
    assert not Application.objects.movable(user=office, to="NOT_SELECTED").filter(pk=application.pk).exists()
