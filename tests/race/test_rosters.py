"""Four colleagues bring the same people in at the same moment: each sits once, known once."""

import pytest

from committees.domain.rosters import import_people
from committees.models import Appointment
from portal.models import Person
from tests.factories.committees import make_tree
from tests.race.barrier import run_together

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = "unit,post,name,phone\n" + "".join(
    f"AC036-P112,{post},राम {number},982905550{number}\n"
    for number, post in enumerate(("booth-member", "booth-member", "booth-president"))
)


def test_each_of_the_file_sits_once_whoever_was_quicker(now):
    booth = make_tree(now)["AC036-P112"]

    reports = run_together(4, lambda _number: import_people(content=CONTENT.encode(), by=None, now=now))

    assert max((report.new, report.there, report.errors) for report in reports) == (3, 0, [])
    assert Appointment.objects.filter(seat__unit=booth).count() == 3
    assert Person.objects.filter(phone__startswith="+9198290555").count() == 3
