"""A question to the state office: written once, answered, told, closed by either."""

from datetime import timedelta

import pytest

from committees import invariants
from committees.domain import asking, seats
from committees.models import Thread, ThreadLine
from portal import audit
from portal.models import Notice
from portal.models.notices import NoticeStatus
from tests.factories.committees import make_holder, make_user

HOUR = timedelta(hours=1)


@pytest.fixture
def incharge(units, now):
    return make_user("district-incharge", units["SKR"], now, "कविता शर्मा")


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "विमला शर्मा")


@pytest.fixture
def thread(incharge, units, now):
    return ask(incharge, units, now)


def ask(user, units, now, key="once", **said):
    told = {"unit": units["SKR"], "about": units["AC036"], "words": "बैठक का ख़र्च कौन देता है?", **said}
    return asking.ask(key=key, by=user, now=now, **told)


def write(thread, user, now, key="second", words="ज़िला कार्यालय देता है।", *, from_office=True):
    asking.write(thread=thread, words=words, key=key, from_office=from_office, by=user, now=now)


def told():
    rows = Notice.objects.filter(template="office_answered").order_by("pk")
    return list(rows.values_list("phone", "status"))


def test_what_is_sent_twice_is_asked_once(thread, incharge, units, now):
    again = ask(incharge, units, now + HOUR)
    other = ask(make_user("district-incharge", units["JPR"], now), units, now, unit=units["JPR"], about=None)

    assert (again, other == thread) == (thread, False)
    assert list(thread.lines.values_list("words", "from_office", "by")) == [
        ("बैठक का ख़र्च कौन देता है?", False, incharge.pk)
    ]
    assert [event.verb for event in audit.history(thread)] == ["asked the state office"]


def test_without_a_word_nothing_is_asked(incharge, units, now):
    with pytest.raises(asking.Empty):
        ask(incharge, units, now, words=" \n ")
    assert not Thread.objects.exists()


def test_the_office_finds_what_waits_longest_first(thread, incharge, office, units, now):
    later = ask(incharge, units, now + HOUR, "another", about=None)
    assert list(Thread.objects.waiting()) == [thread, later]

    write(thread, office, now + 2 * HOUR)
    assert list(Thread.objects.waiting()) == [later]

    write(thread, incharge, now + 3 * HOUR, "third", "और बैनर का?", from_office=False)
    rows = [(row, row.waits_since, row.begins) for row in Thread.objects.waiting()]
    assert rows == [
        (later, now + HOUR, "बैठक का ख़र्च कौन देता है?"),
        (thread, now + 3 * HOUR, "बैठक का ख़र्च कौन देता है?"),
    ]


def test_an_answer_is_told_once_for_each_time_that_was_asked(thread, incharge, office, now):
    write(thread, office, now + HOUR)
    write(thread, office, now + HOUR)  # the same press again
    write(thread, office, now + HOUR, "more", "रसीद रखें।")
    assert told() == [(incharge.phone, NoticeStatus.QUEUED)]

    write(thread, incharge, now + 2 * HOUR, "and", "और बैनर का?", from_office=False)
    write(thread, office, now + 3 * HOUR, "last", "वह भी।")
    assert told() == [(incharge.phone, NoticeStatus.QUEUED)] * 2
    assert thread.lines.count() == 5


def test_what_was_looked_at_is_no_news_and_no_sms(thread, office, now):
    write(thread, office, now + HOUR)
    assert list(Thread.objects.news()) == [thread]

    asking.see(thread=thread, now=now + 2 * HOUR)

    assert (list(Thread.objects.news()), [status for _phone, status in told()]) == ([], [NoticeStatus.CANCELLED])


def test_who_comes_after_the_asker_hears_the_answer(thread, incharge, office, units, now):
    seats.end(appointment=incharge.person.appointments.get(), reason="कार्यकाल पूरा", by=None, now=now + HOUR)
    successor = make_holder("district-incharge", units["SKR"], now + HOUR)

    write(thread, office, now + 2 * HOUR)

    assert told() == [(successor.person.phone, NoticeStatus.QUEUED)]


def test_either_closes_it_the_office_not_before_it_answered(thread, incharge, office, units, now):
    with pytest.raises(asking.Unanswered):
        asking.close(thread=thread, from_office=True, by=office, now=now + HOUR)
    write(thread, office, now + HOUR)
    asking.close(thread=thread, from_office=True, by=office, now=now + 2 * HOUR)
    other = ask(incharge, units, now, "another")
    asking.close(thread=other, from_office=False, by=incharge, now=now + HOUR)

    for act in (
        lambda: write(thread, incharge, now + 3 * HOUR, "late", from_office=False),
        lambda: asking.close(thread=thread, from_office=False, by=incharge, now=now + 3 * HOUR),
    ):
        with pytest.raises(asking.Closed):
            act()
    assert (thread.lines.count(), list(Thread.objects.waiting())) == (2, [])


def test_an_invariant_tells_of_a_question_without_words_and_of_words_after_the_end(thread, incharge, now):
    asking.close(thread=thread, from_office=False, by=incharge, now=now + HOUR)
    assert [list(rule()) for rule in RULES] == [[], []]

    ThreadLine.objects.update(made_at=now + 2 * HOUR)

    assert [list(rule()) for rule in RULES] == [[thread], [thread.lines.get()]]


RULES = [invariants.questions_without_words, invariants.lines_after_the_end]
