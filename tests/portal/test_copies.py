"""What may stay on a phone, and whose it is."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse

from portal import copies

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("looker", "yes", "told"),
    [(None, True, ("keep", "7")), (None, False, ("forget", None)), ("admin", True, ("forget", None))],
)
def test_a_page_is_kept_for_its_own_person_alone(rf, looker, yes, told):
    request = rf.get("/my/")
    request.user, request.looker = SimpleNamespace(pk=7), looker

    response = copies.keep(request, HttpResponse(), yes=yes)

    cookie = response.cookies.get("copies")
    assert (response["X-Desk"], cookie and cookie.value) == told


def test_the_worker_is_asked_for_anew_each_time():
    answer = copies.worker()

    assert (answer["Cache-Control"], b"X-Desk" in answer.content) == ("no-cache", True)
