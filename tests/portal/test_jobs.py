"""Background work: done once, begun again after a death, fetched in slices, agreed to by another person."""

from datetime import timedelta

import pytest
from django.db import connection

from portal import jobs
from portal.models import Job, JobPart
from tests.factories.committees import make_tree, make_user

pytestmark = pytest.mark.django_db


def bring(*, job, now):
    """A worker: so many bytes as were asked for."""
    jobs.progress(job=job, done=1, total=2)
    size = job.settings["size"]
    return jobs.Result([b"x" * 7] * (size // 7), "x.txt", "text/plain", {"lines": [f"{size} bytes"]})


def lose(*, job, now):
    """A worker that is taken for dead while it writes its file."""

    def pieces():
        yield b"x" * jobs.SLICE
        Job.objects.filter(pk=job.pk).update(claim="of another")
        JobPart.objects.filter(job=job).update(content=b"of another")
        yield b"x" * jobs.SLICE

    return jobs.Result(pieces(), "x.txt", "text/plain")


def look(*, job, now):
    """A worker that notes in its file whether it held up everybody's writing meanwhile."""
    return jobs.Result((str(connection.in_atomic_block).encode() for _part in range(1)), "x.txt", "text/plain")


def fall(*, job, now):
    """A worker that always dies of the same thing."""
    raise ValueError(job.kind)


@pytest.fixture
def office(now, settings):
    settings.JOBS = {work.__name__: f"{__name__}.{work.__name__}" for work in (bring, fall, lose, look)}
    state = make_tree(now)["RJ"]
    return [make_user("state-office", state, now, name) for name in ("first", "second")]


def ask(office, now, kind="bring", size=700_000, **more):
    return jobs.ask(kind=kind, title="काम", settings={"size": size}, by=office[0], now=now, **more)


def test_a_job_is_done_by_the_clock_and_its_file_comes_back_in_slices(office, now):
    job = ask(office, now)

    done = jobs.do_due(now=now)

    job.refresh_from_db()
    assert (done, job.error, job.outcome) == ({"done": 1, "failed": 0}, "", {"lines": ["700000 bytes"]})
    assert [len(piece) for piece in jobs.file_of(job)] == [262_144, 262_144, 175_712]
    assert jobs.do_due(now=now) == {"done": 0, "failed": 0}


def test_a_job_that_fails_says_so_and_the_next_one_is_done(office, now):
    broken, good = ask(office, now, "fall"), ask(office, now, size=7)

    done = jobs.do_due(now=now)

    broken.refresh_from_db()
    good.refresh_from_db()
    assert done == {"done": 1, "failed": 1}
    assert (broken.error, broken.finished_at is None) == ("ValueError", False)
    assert good.file_name == "x.txt"


def test_what_needs_two_persons_waits_for_the_second(office, now):
    job = ask(office, now, needs_second=True)

    with pytest.raises(jobs.SamePerson):
        jobs.agree(job=job, by=office[0], now=now)
    assert jobs.do_due(now=now) == {"done": 0, "failed": 0}
    jobs.agree(job=job, by=office[1], now=now)

    assert jobs.do_due(now=now) == {"done": 1, "failed": 0}
    with pytest.raises(jobs.NotWaiting):
        jobs.agree(job=job, by=office[1], now=now)


def test_a_job_whose_worker_died_is_begun_anew_and_a_living_one_is_left_alone(office, now):
    job = ask(office, now, size=7)
    Job.objects.update(claim="of somebody", claimed_at=now)

    early, late = jobs.do_due(now=now + timedelta(minutes=9)), jobs.do_due(now=now + timedelta(minutes=11))

    job.refresh_from_db()
    assert (early["done"], late["done"], job.finished_at is None) == (0, 1, False)


def test_a_worker_that_was_given_up_changes_nothing_any_more(office, now):
    job = ask(office, now)
    Job.objects.update(claim="of another", claimed_at=now)
    job.claim = "mine, long ago"

    jobs.progress(job=job, done=5, total=9)

    job.refresh_from_db()
    assert (job.done, job.total) == (0, 0)


def test_a_worker_that_lost_its_job_leaves_the_file_of_the_other_one(office, now):
    job = ask(office, now, "lose")

    done = jobs.do_due(now=now)

    job.refresh_from_db()
    assert (done, job.finished_at, job.claim) == ({"done": 0, "failed": 1}, None, "of another")
    assert list(jobs.file_of(job)) == [b"of another"]


@pytest.mark.django_db(transaction=True)
def test_a_file_in_work_holds_up_nobody(office, now):
    job = ask(office, now, "look")

    jobs.do_due(now=now)

    assert list(jobs.file_of(job)) == [b"False"]


def test_files_leave_after_a_week(office, now):
    job = ask(office, now, size=7)
    jobs.do_due(now=now)
    Job.objects.update(finished_at=now)

    jobs.do_due(now=now + timedelta(days=7))
    kept = JobPart.objects.filter(job=job).count()
    jobs.do_due(now=now + timedelta(days=7, seconds=1))

    assert (kept, JobPart.objects.filter(job=job).count()) == (1, 0)
    assert Job.objects.get().settings == {}  # a view that was asked for may have searched for a name
