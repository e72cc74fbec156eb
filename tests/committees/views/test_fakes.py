"""Somebody tells of a paper; the state office looks, auditors see, nobody else."""

from committees.domain import fakes
from committees.models import FakeReport
from portal import audit
from tests.factories.committees import make_user

TOLD = {"code": "K7Q2-98X4-3T", "words": "इस पत्र पर पैसे माँगे गए", "phone": "98765 00777"}


def test_anybody_tells_and_the_office_writes_what_it_found(client, units, now):
    told = client.post("/v/fake/", TOLD)

    report = FakeReport.objects.get()
    assert (told.context["told"], report.words, report.phone) == (True, TOLD["words"], "+919876500777")
    client.force_login(make_user("state-office", units["RJ"], now))
    assert TOLD["words"] in client.get("/v/fakes/").content.decode()
    client.post(f"/v/fakes/{report.pk}/", {"finding": "नकली है, थाने में बताया"})
    client.post(f"/v/fakes/{report.pk}/", {"finding": "दोबारा"})
    report.refresh_from_db()
    assert report.finding == "नकली है, थाने में बताया"
    assert [event.verb for event in audit.history(report)] == ["reported a fake", "looked at a report of a fake"]


def test_words_are_needed_and_programs_leave_nothing(client, db):
    empty = client.post("/v/fake/", TOLD | {"words": "  "})
    robot = client.post("/v/fake/", TOLD | {"leave_empty": "x"})

    assert (empty.status_code, robot.context["told"], FakeReport.objects.count()) == (200, True, 0)


def test_nobody_floods_the_office(client, db):
    answers = [client.post("/v/fake/", TOLD).status_code for _ in range(31)]

    assert answers == [200] * 30 + [429]


def test_the_list_asks_the_same_for_one_and_three(client, units, now, django_assert_max_num_queries):
    auditor = make_user("auditor", units["RJ"], now)
    client.force_login(auditor)
    counted = []
    for _round in range(2):
        told = fakes.report(code="x", words="शिकायत", phone="+919876500777", now=now)
        fakes.settle(report=told, finding="ठीक", by=auditor, now=now)
        with django_assert_max_num_queries(20) as asked:
            page = client.get("/v/fakes/").content.decode()
        counted.append(len(asked))
        fakes.report(code="x", words="शिकायत", phone="", now=now)

    assert counted[0] == counted[1]
    assert "98765 00777" not in page
    assert client.post(f"/v/fakes/{told.pk}/", {"finding": "x"}).status_code == 404
    client.force_login(make_user("district-incharge", units["SKR"], now))
    assert client.get("/v/fakes/").status_code == 404
