"""What takes two persons takes two: alone fails, twice the same fails, in the code and in the database."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q

from portal import requests
from portal.accounts import opening
from portal.models import DataRequest, User
from portal.models.privacy import RequestStatus
from tests.factories.committees import make_person
from tests.factories.desk import Places, a_drive, an_application
from tests.test_architecture import FILES, TESTS, text

RULES = {
    rule.name: (model, rule)
    for model in apps.get_models()
    for rule in model._meta.constraints
    if isinstance(rule, CheckConstraint) and rule.name.startswith(("two_persons_", "two_people_"))
}
BESIDE = {"two_persons_erase": {"kind": "erase", "status": RequestStatus.DONE}}  # when the rule asks at all


@pytest.fixture
def two(db, now):
    """Two colleagues."""
    return [opening.open_for(person=make_person(now), now=now) for _each in range(2)]


def two_fields(condition):
    """The second person's field, and the first's: what the rule compares."""
    for part in condition.children:
        if isinstance(part, Q):
            if found := two_fields(part):
                return found
        elif isinstance(part[1], F):
            return part[0], part[1].name
    return ()


@pytest.mark.parametrize("name", RULES)
def test_the_database_refuses_the_same_person_twice(two, name):
    model, rule = RULES[name]
    second, first = two_fields(rule.condition)
    one, other = two if model._meta.get_field(first).related_model is User else [user.person for user in two]
    beside = BESIDE.get(name, {})

    with pytest.raises(ValidationError):
        rule.validate(model, model(**{first: one, second: one}, **beside))
    rule.validate(model, model(**{first: one, second: other}, **beside))
    rule.validate(model, model(**{first: one, second: None}, **beside))


@pytest.mark.once
def test_every_act_of_two_is_tried_as_one():
    acting = [file for file in FILES if "\nclass SamePerson(" in text(file)]
    tests = "".join(map(text, TESTS))

    def is_tried(file):
        names = (file.stem, file.parent.name)
        imported = f"from {'.'.join(file.with_suffix('').parts)} import"
        return any(f"raises({name}.SamePerson)" in tests for name in names) or imported in tests

    assert [file.as_posix() for file in acting if not is_tried(file)] == []
    assert len(RULES) >= 11


def test_nobody_erases_alone_or_twice(two, now):
    one, other = two
    places = Places(now)
    application = an_application(a_drive(places.state, now), places.booth, now)
    asked = requests.ask(kind="erase", thing=application, phone=application.phone, language="hi", now=now)
    done = {"request": asked, "status": RequestStatus.DONE, "answer": "", "now": now}

    with pytest.raises(requests.NeedsSecond):
        requests.close(by=one, **done)
    requests.agree(request=asked, by=one, now=now)
    with pytest.raises(requests.SamePerson):
        requests.close(by=one, **done)
    requests.close(by=other, **done)

    row = DataRequest.objects.get(pk=asked.pk)
    assert (row.first_by, row.answered_by, row.status) == (one, other, RequestStatus.DONE)
