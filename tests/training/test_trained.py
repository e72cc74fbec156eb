"""How many of those who sit are trained, unit by unit."""

from datetime import timedelta

import pytest

from committees.domain import tallying
from portal import documents
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
    tallying.count_all(now=now)

    districts = trained.counts(units=[units["SKR"], units["JPR"]], now=workshop.ends_at)
    [state] = trained.counts(units=[units["RJ"]], now=workshop.ends_at).values()

    assert districts == {units["SKR"].pk: (2, 4), units["JPR"].pk: (0, 0)}
    assert [districts[units[code].pk].percent for code in ("SKR", "JPR")] == [50, None]
    assert state == (2, 4)


def test_cancelled_and_expired_papers_train_nobody(units, now, office, series):
    workshop = taught(units["SKR"], now, office, series[1], 2)
    tallying.count_all(now=now)
    paper = Enrolment.objects.filter(certificate__isnull=False).first().certificate
    ask = {"units": [units["SKR"]]}
    [before] = trained.counts(**ask, now=workshop.ends_at).values()

    documents.revoke(document=paper, reason="ग़लत नाम", by=office, now=now)
    [cancelled] = trained.counts(**ask, now=workshop.ends_at).values()
    [a_year_on] = trained.counts(**ask, now=workshop.ends_at + timedelta(days=370)).values()

    assert [row.trained for row in (before, cancelled, a_year_on)] == [2, 1, 0]


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
