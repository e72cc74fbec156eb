import pytest

from applications.domain import fixing, ruling
from applications.models.drives import RanksBy
from portal.models import Event
from tests.factories.desk import a_drive


def breakers(drive):
    return [criterion.order for criterion in ruling.tie_breakers(drive.criteria.all())]


def test_a_new_drive_decides_between_equals_by_writing_conversation_and_understanding(drive):
    assert (breakers(drive), drive.ranks_by) == ([4, 5, 3], RanksBy.MEAN)


def test_the_rule_is_set_until_somebody_is_scored(drive, office, now):
    second, first = drive.criteria.filter(order__in=(1, 2)).order_by("-order")
    ruling.set_rule(drive=drive, ranks_by=RanksBy.MEDIAN, ties=[second, first], by=office, now=now)
    fixing.fix_criteria(drive=drive, by=office, now=now)

    with pytest.raises(ruling.Fixed):
        ruling.set_rule(drive=drive, ranks_by=RanksBy.MEAN, ties=[], by=office, now=now)

    drive.refresh_from_db()
    assert (drive.ranks_by, breakers(drive)) == (RanksBy.MEDIAN, [2, 1])
    assert Event.objects.get(verb="set the rule of the ranking").data == {"ranks_by": "median", "ties": [2, 1]}


def test_a_criterion_decides_once_and_only_in_its_own_drive(drive, office, places, now):
    mine, other = drive.criteria.first(), a_drive(places.sikar, now, "sikar").criteria.first()
    for ties in ([mine, mine], [other]):
        with pytest.raises(ValueError, match=str(ties[0].pk)):
            ruling.set_rule(drive=drive, ranks_by=RanksBy.MEAN, ties=ties, by=office, now=now)

    assert breakers(drive) == [4, 5, 3]
