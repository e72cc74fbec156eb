"""One message carried by several hands at once, and called back while it is carried."""

import pytest
from django.db import connection

from committees.domain.relaying import approving, carrying
from committees.models import Broadcast, Relay
from portal.models import Notice
from tests.factories.committees import make_holder, make_tree, make_user
from tests.factories.messages import approved, carried, make_heads
from tests.race.barrier import run_together

HANDS = 4


@pytest.fixture
def message(transactional_db, now):
    units = make_tree(now)
    make_heads(units, now)
    writer, second = (make_user("state-office", units["RJ"], now, name) for name in ("अनिल", "विमला"))
    return approved(units["RJ"], writer, second, now)


@pytest.fixture
def newcomers(transactional_db, now):
    """The message was told to all when the state's president sat alone; five have said yes since."""
    units = make_tree(now)
    writer, second = (make_user("state-office", units["RJ"], now, name) for name in ("अनिल", "विमला"))
    make_holder("state-president", units["RJ"], now, accepted=True)
    broadcast = carried(units["RJ"], writer, second, now)
    make_heads(units, now, "RJ")
    return broadcast


def carried_together(now):
    return run_together(HANDS, lambda _number: carrying.carry(now=now))


def forget():
    Relay.objects.update(above=None)
    Relay.objects.all().delete()


def promised():
    return Notice.objects.filter(template="message").count()


def test_several_hands_tell_each_person_once(message, now, monkeypatch):
    monkeypatch.setattr(carrying, "CHUNK", 2)

    told = carried_together(now)

    assert (sum(told), Relay.objects.count(), promised()) == (6, 6, 6)


def test_several_hands_tell_each_newcomer_once(newcomers, now, monkeypatch):
    monkeypatch.setattr(carrying, "CHUNK", 2)

    told = carried_together(now)

    newcomers.refresh_from_db()
    assert (sum(told), newcomers.joined, Relay.objects.count(), promised()) == (5, 5, 6, 6)


@pytest.mark.postgres  # SQLite writes one after the other
@pytest.mark.parametrize("whom", ["message", "newcomers"])
def test_without_the_rule_and_the_turn_people_are_told_twice(transactional_db, whom, request, now, monkeypatch):
    request.getfixturevalue(whom)
    begun = {"carried_at": Broadcast.objects.get().carried_at, "looked_at": None}
    monkeypatch.setattr(carrying, "_take", lambda way: None)
    constraint = next(rule for rule in Relay._meta.constraints if rule.name == "one_relay_a_person_and_message")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Relay, constraint)
    try:
        tries = []
        for _again in range(5):
            forget()
            Broadcast.objects.update(**begun)
            carried_together(now)
            tries.append(Relay.objects.count())
        assert max(tries) > 6
    finally:
        forget()
        with connection.schema_editor() as editor:
            editor.add_constraint(Relay, constraint)


def test_what_is_called_back_while_it_is_carried_leaves_to_nobody(message, now, monkeypatch):
    monkeypatch.setattr(carrying, "CHUNK", 1)
    hands = [lambda: carrying.carry(now=now)]
    told = {"broadcast": message, "reason": "भूल", "by": message.approved_by, "now": now}
    hands.append(lambda: approving.call_back(**told))

    run_together(2, lambda number: hands[number]())

    assert Notice.objects.filter(template="message", status="QUEUED").count() == 0
    assert Relay.objects.count() == promised()
