"""How many of those who sit are trained, unit by unit."""

from datetime import timedelta

import pytest

from committees.domain import tallying
from portal import documents
from portal.models import Event
from tests.factories.learning import make_class, make_series, was_at
from tests.factories.training import seat_members
from training import trained
from training.domain import certifying
from training.models import Enrolment


@pytest.fixture
def series(now):
    return [make_series(now, slug="tools"), make_series(now, slug="talk", valid_months=12)]


def taught(unit, now, office, series, people):
    """So many people of the unit, seated anew, with the certificate of the series."""
    workshop, enrolments = make_class(unit, now, people, series, sessions=1)
    for enrolment in enrolments:
        was_at(enrolment, office, 1)
    certifying.issue(workshop=workshop, by=office, now=workshop.ends_at)
    return workshop


def test_a_unit_counts_the_seats_of_all_below_whose_holder_is_trained(units, now, office, series):
    workshop = taught(units["AC036"], now, office, series[0], 2)
    seat_members(units["SKR"], now, 2)

    districts = trained.counts(units=[units["SKR"], units["JPR"]], now=workshop.ends_at)
    [state] = trained.counts(units=[units["RJ"]], now=workshop.ends_at).values()

    assert (districts, state) == ({units["SKR"].pk: 2, units["JPR"].pk: 0}, 2)


def test_cancelled_and_expired_papers_train_nobody(units, now, office, series):
    workshop = taught(units["SKR"], now, office, series[1], 2)
    paper = Enrolment.objects.filter(certificate__isnull=False).first().certificate
    ask = {"units": [units["SKR"]]}
    [before] = trained.counts(**ask, now=workshop.ends_at).values()

    documents.revoke(document=paper, reason="ग़लत नाम", by=office, now=now)
    [cancelled] = trained.counts(**ask, now=workshop.ends_at).values()
    [a_year_on] = trained.counts(**ask, now=workshop.ends_at + timedelta(days=370)).values()

    assert (before, cancelled, a_year_on) == (2, 1, 0)


def test_the_worst_district_comes_first_and_each_series_has_its_column(units, now, office, series):
    workshop = taught(units["SKR"], now, office, series[0], 1)
    seat_members(units["JPR"], now, 1)
    make_class(units["SKR"], now, 0, series[1])  # who is invited there is not trained by that
    tallying.count_all(now=now)
    ask = {"units": [units["SKR"], units["JPR"]], "now": workshop.ends_at}

    both = trained.by_series(series=series, **ask)
    second = trained.by_series(series=series[1:], **ask)

    told = [(row.unit.code, row.all, [one for _series, one in row.each]) for row in both]
    assert told == [("JPR", (0, 1), [(0, 1), (0, 1)]), ("SKR", (1, 1), [(1, 1), (0, 1)])]
    assert {row.unit.code: row.each[0][1].percent for row in second} == {"SKR": 0, "JPR": 0}


def test_the_tree_tells_it_in_the_head_and_in_each_row(client, units, now, office, series):
    client.force_login(office)
    before = client.get("/units/").content.decode()
    taught(units["AC036"], now, office, series[0], 1)
    seat_members(units["SKR"], now, 1)
    tallying.count_all(now=now)

    state, beside = (client.get(page).content.decode() for page in ("/units/", "/units/compare/?u=SKR&u=JPR"))

    assert "प्रशिक्षित" not in before
    assert 'प्रशिक्षित 50% <span class="nowrap">(1/2)</span>' in state
    assert 'data-label="प्रशिक्षित">50%' in state
    assert "<td>50%</td><td>–</td>" in beside or "<td>–</td><td>50%</td>" in beside


def test_districts_and_series_stand_on_one_page_and_in_one_file(client, units, now, office, series):
    taught(units["SKR"], now, office, series[0], 1)
    tallying.count_all(now=now)
    client.force_login(office)

    page = client.get("/train/coverage/").content.decode()
    one = client.get("/train/coverage/", {"series": "talk"})
    file = client.post("/train/coverage/file/", {"kind": "csv"})

    assert page.count("100%") == 2
    assert [row.each[0][1].trained for row in one.context["rows"]] == [0, 0]
    assert client.get("/train/coverage/", {"series": "none"}).status_code == 404
    assert client.post("/train/coverage/file/", {"kind": "exe"}).status_code == 404
    assert file.content.decode().splitlines()[2] == "सीकर,1,1,1,0"
    assert Event.objects.filter(verb="took out a file").count() == 1
