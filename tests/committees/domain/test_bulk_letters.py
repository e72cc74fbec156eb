"""All letters of a district in one file: who may take it, what is in it, how long it takes."""

import time
from io import BytesIO
from zipfile import ZipFile

import pytest

from committees.domain import bulk_letters, seats
from portal import documents, jobs
from portal.models import Job
from tests.factories.committees import make_holder, make_person, make_user


@pytest.fixture
def held(units, now):
    """Three letters at and below Sikar, one of them cancelled with its seat, and one of Jaipur."""
    rows = [make_holder("assembly-president", units[code], now) for code in ("AC034", "AC036")]
    gone = make_holder("district-member", units["SKR"], now)
    make_holder("district-member", units["JPR"], now)
    seats.end(appointment=gone, reason="पद छोड़ा", by=None, now=now)
    return rows


def packed(job):
    return ZipFile(BytesIO(b"".join(jobs.file_of(job))))


def test_the_letters_in_force_below_a_unit_are_in_one_zip(units, held, now):
    office = make_user("state-office", units["RJ"], now)
    job = bulk_letters.ask(unit=units["SKR"], by=office, now=now)

    jobs.do_due(now=now)

    job.refresh_from_db()
    assert (job.error, job.needs_second, job.done, job.file_name) == ("", False, 2, "letters-sikar.zip")
    files = packed(job)
    numbers = [documents.number_of(row.letter).replace("/", "-") for row in held]
    assert sorted(name[:11] for name in files.namelist()) == sorted(numbers)
    assert {files.read(name)[:5] for name in files.namelist()} == {b"%PDF-"}


def test_a_letter_that_cannot_be_set_is_told_and_the_others_are_there(units, held, now):
    make_holder("district-president", units["SKR"], now, make_person(now, "राम 漢"))
    job = bulk_letters.ask(unit=units["SKR"], by=make_user("state-office", units["RJ"], now), now=now)

    jobs.do_due(now=now)

    job.refresh_from_db()
    assert len(packed(job).namelist()) == 2
    assert len(job.outcome["lines"]) == 2


def test_more_than_one_person_may_take_alone_needs_a_second(units, held, now, monkeypatch):
    monkeypatch.setattr(bulk_letters, "ALONE", 1)
    job = bulk_letters.ask(unit=units["SKR"], by=make_user("state-office", units["RJ"], now), now=now)

    jobs.do_due(now=now)

    assert (job.needs_second, Job.objects.get(pk=job.pk).finished_at) == (True, None)
    second = make_user("state-office", units["RJ"], now)
    jobs.agree(job=job, by=second, now=now)
    jobs.do_due(now=now)
    assert len(packed(job).namelist()) == 2


def test_it_stops_when_who_asked_is_relieved_meanwhile(units, held, now):
    office = make_user("state-office", units["RJ"], now)
    job = bulk_letters.ask(unit=units["SKR"], by=office, now=now)
    [seat] = office.person.appointments.all()
    seats.end(appointment=seat, reason="पद छोड़ा", by=None, now=now)

    jobs.do_due(now=now)

    job.refresh_from_db()
    assert (job.error, job.parts.count()) == ("RightEnded", 0)


def test_what_one_person_asked_for_alone_does_not_grow(units, held, now, monkeypatch):
    job = bulk_letters.ask(unit=units["SKR"], by=make_user("state-office", units["RJ"], now), now=now)
    monkeypatch.setattr(bulk_letters, "ALONE", 1)

    jobs.do_due(now=now)

    assert len(packed(job).namelist()) == 1


def test_where_there_is_no_letter_nothing_is_asked_for(units, now):
    with pytest.raises(bulk_letters.NoLetters):
        bulk_letters.ask(unit=units["AC034"], by=make_user("state-office", units["RJ"], now), now=now)

    assert not Job.objects.exists()


@pytest.mark.soak
def test_all_letters_of_a_state_of_mandals_take_less_than_a_minute(units, now, held):
    """2,200 of them: drawn as the worker draws, only the rows are one letter again and again."""
    row = held[0]
    start = time.perf_counter()

    with bulk_letters.ThreadPoolExecutor() as hands:
        drawn = list(hands.map(bulk_letters._draw, [row] * 2200))

    assert {one.pdf[:5] for one in drawn} == {b"%PDF-"}
    assert time.perf_counter() - start < 60
