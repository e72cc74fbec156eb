"""What goes wrong behind an address for programs, and in which language it is said."""

from datetime import timedelta

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from django.test import RequestFactory
from django.utils import timezone, translation

from portal import api, programs, throttle
from portal.middleware import PlannedWork

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("problem", "status", "code"),
    [
        (OperationalError("server closed"), 503, "away"),
        (InterfaceError("line closed"), 503, "away"),
        (UnreadablePostError("cut"), 408, "slow"),
        (RequestDataTooBig("big"), 413, "large"),
        (Http404("hidden"), 404, "nothing"),
        (throttle.TooMany(7), 429, "too_many"),
        (RuntimeError("a secret of ours"), 500, "broken"),
    ],
    ids=str,
)
def test_each_mishap_is_told_without_its_cause(problem, status, code):
    answer = api.api.on_exception(RequestFactory().get("/api/v1/units/"), problem)

    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, {503: "20", 429: "7"}.get(status))
    assert f'"code": "{code}"' in answer.content.decode()
    assert str(problem) not in answer.content.decode()


def test_while_work_is_planned_programs_are_told_when_to_come_back(settings):
    settings.MAINTENANCE_UNTIL = timezone.now() + timedelta(minutes=10)
    away = PlannedWork(lambda request: None)

    told, page = (away(RequestFactory().get(address)) for address in ("/api/v1/drives/", "/d/"))

    assert (told.status_code, told["Content-Type"], page["Content-Type"][:9]) == (503, "application/json", "text/html")
    assert 0 < int(told["Retry-After"]) <= 600


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("", "hi"),
        ("en", "en"),
        ("en-GB,en;q=0.8,hi;q=0.5", "en"),
        ("hi-IN;q=0.4, en;q=0.9", "en"),
        ("fr, de;q=0.5", "hi"),
        ("*", "hi"),
        ("e" * 9000, "hi"),
        ("en;q=x, \x00", "hi"),
    ],
)
def test_words_are_in_the_first_language_that_we_share(asked, spoken):
    request = RequestFactory().get("/api/v1/", headers={"accept-language": asked})
    request.COOKIES["lang"] = "en"  # a browser's choice is nobody's here

    assert programs.language_of(request) == spoken


def test_a_name_that_has_no_english_is_told_in_hindi_twice():
    row = type("Row", (), {"name_hi": "सीकर", "name_en": ""})

    with translation.override("en"):
        assert programs.both(row, "name") == {"hi": "सीकर", "en": "सीकर"}
