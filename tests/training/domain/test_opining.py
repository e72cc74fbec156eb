"""Three taps and a line: once, changeable until the certificate; sums and lines without names from five on."""

import pytest

from tests.factories.training import make_invited, mark
from training import opinions
from training.domain import certifying, opining
from training.models import Feedback


def say(enrolment, now, worth=3, words=""):
    opining.give(enrolment=enrolment, content=worth, teaching=worth, place=1, words=words, now=now)


@pytest.fixture
def came(sikar, now, office):
    """Five people who were there, and the workshop."""
    workshop, people = make_invited(sikar, now, 5)
    for enrolment in people:
        mark(enrolment, workshop.starts_at, office)
    return workshop, people


def test_an_opinion_may_be_changed_until_the_certificate_is_out(came, office):
    workshop, (one, other, *_rest) = came
    say(one, workshop.ends_at, worth=1)
    say(one, workshop.ends_at, worth=2, words="अच्छा था")
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)

    with pytest.raises(opining.Settled):
        say(one, workshop.ends_at, worth=3)
    say(other, workshop.ends_at)

    assert list(Feedback.objects.order_by("enrolment").values_list("content", "words")) == [(2, "अच्छा था"), (3, "")]


def test_who_was_not_there_has_no_opinion(sikar, now):
    workshop, (enrolment,) = make_invited(sikar, now, 1)

    with pytest.raises(opining.NotThere):
        say(enrolment, workshop.ends_at)

    assert not Feedback.objects.exists()


def test_sums_and_lines_are_told_from_five_on(came):
    workshop, people = came
    for enrolment, (worth, words) in zip(people, [(3, "ख"), (3, ""), (2, "क"), (1, ""), (3, "ग")], strict=True):
        before = opinions.of(workshop)
        say(enrolment, workshop.ends_at, worth=worth, words=words)

    after = opinions.of(workshop)

    assert (before.people, before.sums, before.lines) == (4, [], [])
    assert (after.people, after.lines) == (5, ["क", "ख", "ग"])
    assert [[number for _label, number, _percent in row.said] for row in after.sums] == [
        [3, 1, 1],
        [3, 1, 1],
        [0, 0, 5],
    ]
