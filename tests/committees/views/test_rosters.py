"""People from a file by pages: uploaded, looked at, seated by the background, taken back."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from committees.domain.rosters import taking
from committees.models import Appointment
from portal import jobs
from portal.models import Job
from tests.factories.committees import make_user

pytestmark = pytest.mark.django_db
LIST = 7  # questions of the page
HEAD = "unit,post,name,phone\n"
GOOD = HEAD + "AC036-P112,booth-member,राम लाल,98290 55501\nAC036-P112,booth-member,मोहन,98290 55502\n"
BAD = HEAD + "NIL,booth-member,राम लाल,98290\n"


@pytest.fixture
def office(units, now):
    client = Client()
    client.force_login(make_user("state-office", units["RJ"], now))
    with time_machine.travel(now, tick=False):
        yield client


def upload(office, text):
    sent = {"file": SimpleUploadedFile("सूची.csv", text.encode())}
    return office.post("/units/people/", sent)["Location"]


def test_a_file_is_seen_taken_in_and_taken_back(office, units, now):
    page = upload(office, GOOD)
    seen = office.get(page).content.decode()
    assert ("राम लाल" in seen, "98••• ••501" in seen, "98290 55501" in seen) == (True, True, False)

    job = office.post(f"{page}take/")["Location"]
    assert office.get(job).status_code == 200
    jobs.do_due(now=now)
    assert "सब वापस लें" in office.get(page).content.decode()
    assert Appointment.objects.filter(seat__unit=units["AC036-P112"]).count() == 2
    assert "ये सब पहले से पद पर हैं।" in office.get(upload(office, GOOD)).content.decode()

    office.post(f"{page}undo/")
    jobs.do_due(now=now)
    after = office.get(page).content.decode()
    assert ("सब वापस लें" in after, "2 वापस लिए गए" in after) == (False, True)
    assert Appointment.objects.filter(seat__unit=units["AC036-P112"]).count() == 0
    assert office.post(f"{page}undo/", follow=True).status_code == 200


def test_errors_stand_with_row_and_column_and_only_they_are_kept(office):
    page = upload(office, BAD)

    seen = office.get(page).content.decode()

    assert ("<code>phone</code>" in seen, "10 अंक" in seen, "राम लाल" in seen) == (True, True, False)
    assert office.get("/units/people/").content.decode().count("गलतियाँ हैं") == 1
    assert office.post("/units/people/", {"file": ""}).status_code == 422


def test_the_list_of_files_asks_the_same_of_one_and_of_three(office, django_assert_num_queries, now):
    upload(office, GOOD)
    with django_assert_num_queries(LIST):
        office.get("/units/people/")
    for _again in range(2):
        check = Job.objects.get(key=upload(office, GOOD).split("/")[-2])
        taking.ask(check=check, asks=False, by=check.asked_by, now=now)
    with django_assert_num_queries(LIST + 1):
        office.get("/units/people/")


def test_whoever_is_to_agree_sees_what_it_is_about(office, units, now, monkeypatch):
    monkeypatch.setattr(taking, "ALONE", 1)
    page = upload(office, GOOD)
    job = office.post(f"{page}take/")["Location"]
    colleague = Client()
    colleague.force_login(make_user("state-office", units["RJ"], now, "रमा"))

    asked = colleague.get(job).content.decode()
    looked = colleague.get(page).content.decode()

    assert (f'href="{page}"' in asked, "राम लाल" in looked, "नए आएँगे" in looked) == (True, True, True)
