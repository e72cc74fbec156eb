"""The certificate: the rule of a series, by hand and by the clock; its end, and what it opens."""

from datetime import date, timedelta

from portal import documents
from portal.models import Document, Notice
from tests.factories.learning import make_class, make_series, try_quiz, was_at
from tests.factories.training import make_invited, mark
from training import rule
from training.domain import certifying, expiring
from training.models import Enrolment, Series

AFTER = timedelta(hours=1)


def test_who_was_at_enough_sessions_and_passed_the_quiz_is_certified_by_the_clock(sikar, now, office):
    series = make_series(now, questions=6)
    workshop, (all_done, no_quiz, one_session, failed) = make_class(sikar, now, 4, series)
    for enrolment, sessions in [(all_done, (1, 2, 3)), (no_quiz, (1, 2, 3)), (one_session, (2,)), (failed, (1, 2, 3))]:
        was_at(enrolment, office, *sessions)
    try_quiz(all_done, workshop.ends_at, right=3)
    try_quiz(one_session, workshop.ends_at)
    try_quiz(failed, workshop.ends_at, right=2)

    early = certifying.issue_due(now=workshop.ends_at + AFTER - timedelta(minutes=1))
    first, again = (certifying.issue_due(now=workshop.ends_at + AFTER) for _time in range(2))

    assert (early, first, again) == (0, 1, 0)
    assert list(Enrolment.objects.filter(certificate__isnull=False)) == [all_done]
    assert [notice.phone for notice in Notice.objects.filter(template="workshop_certificate")] == [
        all_done.person.phone
    ]


def test_what_is_lacking_is_said_in_numbers(sikar, now, office):
    series = make_series(now, questions=6)
    workshop, (enrolment,) = make_class(sikar, now, 1, series)
    was_at(enrolment, office, 1, 3)
    try_quiz(enrolment, workshop.ends_at, right=2)

    standing = rule.standing_of(enrolment, workshop.ends_at)

    assert (standing.there, standing.held, standing.needed, standing.was_enough) == (2, 3, 3, False)
    assert (standing.best, standing.passed, standing.tries_left, standing.is_met) == (40, False, 2, False)


def test_the_database_and_the_page_agree_on_the_rule(sikar, now, office):
    workshop, people = make_class(sikar, now, 4, make_series(now))
    for sessions, enrolment in enumerate(people):
        was_at(enrolment, office, *range(1, sessions + 1))

    for share, least in [(1, 1), (33, 1), (34, 2), (66, 2), (67, 3), (100, 3)]:
        Series.objects.update(attendance_share=share)
        met = set(rule.met(Enrolment.objects.all(), workshop.ends_at))
        assert met == set(people[least:])
        assert met == {one for one in people if rule.standing_of(one, workshop.ends_at).is_met}


def test_without_a_series_it_is_enough_to_have_come(sikar, now, office):
    workshop, (came, _stayed) = make_invited(sikar, now, 2)
    mark(came, workshop.starts_at, office)

    issued = certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)

    assert issued == 1
    assert Document.objects.get(kind="CERTIFICATE").valid_until is None


def test_a_certificate_ends_after_the_months_of_the_series_and_prints_it(sikar, now, office):
    workshop, (enrolment,) = make_class(sikar, now, 1, make_series(now, valid_months=15), sessions=1)
    was_at(enrolment, office, 1)
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)  # on 20 November 2025

    paper = Document.objects.get(kind="CERTIFICATE")

    assert paper.valid_until == date(2027, 2, 20)
    assert paper.printed["valid_until"] == "20 फ़रवरी 2027"
    assert documents.pdf(paper).startswith(b"%PDF-")


def test_what_comes_before_must_be_held_and_valid(sikar, now, office):
    first = make_series(now, slug="first", valid_months=6)
    workshop, (enrolment,) = make_class(sikar, now, 1, first, sessions=1)
    was_at(enrolment, office, 1)
    second = make_series(now, slug="second", prerequisite=first)
    other, _all = make_class(sikar, now, 0, second, sessions=1)
    own = other.enrolments.create(person=enrolment.person, invited_at=now)
    was_at(own, office, 1)

    before = rule.standing_of(own, other.ends_at)
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)
    held = rule.standing_of(own, other.ends_at)
    documents.revoke(document=Document.objects.get(kind="CERTIFICATE"), reason="ग़लत नाम", by=office, now=now)

    assert (before.lacks_first, held.lacks_first, held.is_met) == (first, None, True)
    assert rule.standing_of(own, other.ends_at).lacks_first == first


def test_who_holds_a_certificate_that_ends_is_reminded_once_unless_it_was_renewed(sikar, now, office):
    series = make_series(now, valid_months=6)
    workshop, people = make_class(sikar, now, 2, series, sessions=1)
    for enrolment in people:
        was_at(enrolment, office, 1)
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)
    ends = Document.objects.filter(kind="CERTIFICATE").first().valid_until
    renewed, _all = make_class(sikar, now, 0, series, sessions=1)
    again = renewed.enrolments.create(person=people[0].person, invited_at=now)
    was_at(again, office, 1)
    certifying.issue(workshop=renewed, by=office, now=renewed.ends_at + timedelta(days=60))
    month_before = workshop.ends_at + (ends - workshop.ends_at.date()) - timedelta(days=30)

    told = [expiring.remind(now=month_before + timedelta(days=days)) for days in (-1, 0, 1, 40)]

    assert told == [0, 1, 0, 0]
    [notice] = Notice.objects.filter(template="certificate_expires")
    assert (notice.phone, notice.context["until"]) == (people[1].person.phone, "20 मई 2026")
