"""Limits hold in any stretch of time, and whoever waits as long as told gets through."""

import time

import pytest
import time_machine
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from portal import throttle
from tests.race.barrier import run_together
from tests.services import free_port

HOUR = 3600
START = 1_762_750_000.5


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def redis_cache(settings, redis_url):
    settings.CACHES = {"default": {"BACKEND": "portal.caches.PatientRedis", "LOCATION": redis_url}}
    cache.clear()


@pytest.fixture
def lost_cache(settings):
    address = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {"BACKEND": "portal.caches.PatientRedis", "LOCATION": address}}
    cache.clear()


def passes(key="a", limit=3):
    """Does this hit pass? Else the seconds to wait."""
    try:
        throttle.hit("codes", key, limit=limit, seconds=HOUR)
    except throttle.TooMany as refused:
        return refused.wait
    return True


def test_three_pass_and_the_fourth_is_told_how_long_to_wait(clock):
    assert [passes(), passes(), passes()] == [True] * 3

    wait = passes()

    assert HOUR < wait <= HOUR * 13 / 12
    clock.shift(wait - 1.5)
    assert passes() is not True
    clock.shift(1.5)
    assert passes() is True


def test_the_cache_does_not_learn_whom_it_counts(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "whom"}}

    passes("+919829012345")

    assert [key for key in cache._cache if "9829012345" in key] == []
    assert len(cache._cache) == 1


def test_each_key_has_a_count_of_its_own(clock):
    assert [passes("a"), passes("a"), passes("a"), passes("b")] == [True] * 4


def test_refused_hits_do_not_lengthen_the_wait(clock):
    for _ in range(50):
        first = passes()

    assert passes() == passes() == first


def test_no_edge_of_an_hour_lets_twice_as_many_through(clock):
    clock.shift(HOUR - 10)
    early = [passes() for _ in range(3)]
    clock.shift(20)

    assert early == [True] * 3
    assert passes() is not True


@given(st.lists(st.integers(0, 1500), max_size=60), st.integers(1, 5))
def test_in_no_hour_more_pass_than_the_limit(gaps, limit):
    cache.clear()
    at, passed = START, []
    for gap in gaps:
        at += gap
        with time_machine.travel(at, tick=False):
            if passes("any", limit) is True:
                passed.append(at)

    assert all(sum(1 for other in passed if 0 <= other - one < HOUR) <= limit for one in passed)


def test_many_at_once_are_no_way_around_it(transactional_db):
    outcomes = run_together(20, lambda number: passes(limit=5))

    assert outcomes.count(True) <= 5
    assert passes(limit=5) is not True or outcomes.count(True) < 5


def test_on_a_shared_cache_too(redis_cache):
    started = time.monotonic()

    assert [passes() is True for _ in range(5)] == [True, True, True, False, False]
    assert time.monotonic() - started < 5


def test_many_at_once_on_a_shared_cache(transactional_db, redis_cache):
    outcomes = run_together(20, lambda number: passes(limit=5))

    assert outcomes.count(True) <= 5


def test_while_the_shared_cache_is_away_each_process_counts_for_itself(lost_cache, clock):
    assert [passes() is True for _ in range(5)] == [True, True, True, False, False]
    clock.shift(2 * HOUR)
    assert passes() is True
