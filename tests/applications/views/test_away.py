"""The database is away: the page of a drive stands in for itself, everything else says so."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from portal import kept


@pytest.fixture
def visitor(settings, monkeypatch):
    settings.KEEP_PAGES = True
    monkeypatch.setattr(kept, "_last", {})
    client = Client(raise_request_exception=False)
    yield client
    kept.forget()


def refuse(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def test_the_landing_page_stands_for_an_hour_without_the_database(visitor, drive, now):
    page, other = f"/d/{drive.slug}/", f"/d/{drive.slug}/apply/work/"
    with time_machine.travel(now, tick=False) as clock:
        there = visitor.get(page).content.decode()
        kept.forget()

        with connection.execute_wrapper(refuse):
            away = visitor.get(page)
            assert (away.status_code, drive.title in away.content.decode()) == (200, True)
            assert (len(away.content) // 100, visitor.get(f"{page}?q=7K3QX").status_code) == (
                len(there.encode()) // 100,
                200,
            )
            assert (visitor.get(other).status_code, visitor.post(page).status_code) == (503, 405)
            assert visitor.get(f"/en{page}").status_code == 503

            clock.shift(timedelta(hours=1, seconds=1))
            assert visitor.get(page).status_code == 503
        assert visitor.get(page).status_code == 200


def test_a_page_does_not_promise_beyond_the_closing_date(visitor, drive):
    with time_machine.travel(drive.closes_at - timedelta(minutes=5), tick=False) as clock:
        visitor.get(f"/d/{drive.slug}/")
        kept.forget()
        clock.shift(timedelta(minutes=5, seconds=1))

        with connection.execute_wrapper(refuse):
            assert visitor.get(f"/d/{drive.slug}/").status_code == 503


def test_a_process_that_has_just_begun_shows_what_another_has_shown(visitor, drive, now, monkeypatch):
    with time_machine.travel(now, tick=False) as clock:
        there = visitor.get(f"/d/{drive.slug}/").content.decode()
        kept.forget()
        monkeypatch.setattr(kept, "_last", {})

        with connection.execute_wrapper(refuse):
            away = Client(raise_request_exception=False).get(f"/d/{drive.slug}/")
            clock.shift(timedelta(hours=1, seconds=1))
            assert visitor.get(f"/d/{drive.slug}/").status_code == 503

    assert (away.status_code, drive.title in away.content.decode()) == (200, True)
    assert len(away.content) // 100 == len(there.encode()) // 100
