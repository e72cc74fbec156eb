from datetime import timedelta

import pytest

from applications.domain import reviewing
from applications.models import Application
from applications.states import Status
from committees.levels import Role
from portal import audit, outbox
from portal.models import Event, Notice
from portal.models.notices import NoticeStatus
from portal.transitions import NotAllowed, Stale
from tests.factories.desk import a_colleague, an_application


@pytest.fixture
def pile(drive, places, now):
    """Three that just came in."""
    return [an_application(drive, places.booth, now, number) for number in range(3)]


def statuses():
    return list(Application.objects.order_by("pk").values_list("status", flat=True))


def test_shortlisting_moves_and_is_written_down_but_sends_nothing_yet(pile, office, now):
    reviewing.shortlist(application=pile[0], by=office, now=now)

    assert statuses() == [Status.SHORTLISTED, Status.SUBMITTED, Status.SUBMITTED]
    assert audit.history(pile[0]).last().verb == "submitted → shortlisted"
    assert not Notice.objects.exists()


def test_a_result_is_told_after_the_time_for_undoing(pile, office, now):
    reviewing.wait(application=pile[0], by=office, now=now)

    promised = Notice.objects.get()
    assert (promised.template, promised.due_at) == ("result_waiting", now + reviewing.UNDO_FOR)
    assert outbox.send_due(now=now)["sent"] == 0
    assert outbox.send_due(now=now + reviewing.UNDO_FOR)["sent"] == 1


def test_not_selected_needs_a_reason(pile, office, now):
    with pytest.raises(reviewing.ReasonMissing):
        reviewing.reject(application=pile[0], by=office, now=now, reason="  ")
    reviewing.reject(application=pile[0], by=office, now=now, reason="इस बार सीटें  कम थीं")

    pile[0].refresh_from_db()
    assert (pile[0].status, pile[0].reason) == (Status.NOT_SELECTED, "इस बार सीटें कम थीं")


def test_the_second_colleague_hears_that_someone_was_quicker(pile, office, now):
    same = Application.objects.get(pk=pile[0].pk)
    reviewing.shortlist(application=pile[0], by=office, now=now)

    with pytest.raises(Stale):
        reviewing.wait(application=same, by=office, now=now)

    assert statuses()[0] == Status.SHORTLISTED
    assert not Notice.objects.exists()


def test_an_appointed_applicant_is_out_of_reach(drive, places, office, now):
    application = an_application(drive, places.booth, now, status=Status.APPOINTED)

    with pytest.raises(NotAllowed):
        reviewing.put_back(application=application, by=office, now=now)


def test_nobody_is_appointed_or_withdrawn_from_the_desk(pile, office, now):
    for to in (Status.APPOINTED, Status.WITHDRAWN):
        with pytest.raises(NotAllowed):
            reviewing.move_many(applications=pile, to=to, by=office, now=now)


def test_many_move_together_and_the_rest_is_named(pile, drive, places, office, now):
    done_before = an_application(drive, places.booth, now, 7, status=Status.APPOINTED)
    quicker = Application.objects.get(pk=pile[1].pk)
    reviewing.wait(application=quicker, by=office, now=now)

    done = reviewing.move_many(applications=[*pile, done_before], to=Status.SHORTLISTED, by=office, now=now)

    assert done.moved == [pile[0], pile[2]]
    assert done.left == [pile[1], done_before]
    assert statuses() == [Status.SHORTLISTED, Status.WAITING, Status.SHORTLISTED, Status.APPOINTED]


def test_undo_puts_back_all_that_nobody_moved_on(pile, office, now):
    done = reviewing.move_many(applications=pile, to=Status.SELECTED, by=office, now=now)
    reviewing.reject(application=pile[2], by=office, now=now, reason="दो पदों पर हैं")

    back = reviewing.undo(batch=done.batch, by=office, now=now + timedelta(minutes=9))

    assert back == 2
    assert statuses() == [Status.SUBMITTED, Status.SUBMITTED, Status.NOT_SELECTED]
    alive = Notice.objects.filter(status=NoticeStatus.QUEUED)
    assert [notice.template for notice in alive] == ["result_not_selected"]


def test_undo_ends_after_ten_minutes(pile, office, now):
    done = reviewing.shortlist(application=pile[0], by=office, now=now)

    with pytest.raises(reviewing.TooLate):
        reviewing.undo(batch=done.batch, by=office, now=now + timedelta(minutes=10))

    assert statuses()[0] == Status.SHORTLISTED


def test_nobody_undoes_what_a_colleague_did(pile, office, places, now):
    done = reviewing.shortlist(application=pile[0], by=office, now=now)
    other = a_colleague(places.state, Role.STATE_OFFICE, now, number=2)

    with pytest.raises(reviewing.TooLate):
        reviewing.undo(batch=done.batch, by=other, now=now)

    assert statuses()[0] == Status.SHORTLISTED


def test_a_thousand_take_a_handful_of_statements(drive, places, office, now, django_assert_max_num_queries):
    first = an_application(drive, places.booth, now)
    rows = []
    for number in range(1, 1000):
        row = Application.objects.get(pk=first.pk)
        row.pk, row.phone, row.ref, row.link_key = None, f"+9188000{number:05}", f"R{number:06}", f"key{number}"
        rows.append(row)
    Application.objects.bulk_create(rows)
    everyone = list(Application.objects.select_related("drive"))

    with django_assert_max_num_queries(60):
        done = reviewing.move_many(applications=everyone, to=Status.WAITING, by=office, now=now)

    assert len(done.moved) == 1000
    assert Event.objects.filter(data__batch=done.batch).count() == 1000
    assert Notice.objects.count() == 1000
