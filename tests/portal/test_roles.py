"""Under the role of its own the application can do its work, and nothing to what is frozen."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from committees.levels import Role
from interviews.domain import closing, deciding, freezing, offering, recording
from interviews.models import Offer
from portal import outbox
from portal.me import erasing
from portal.models import Event
from tests.factories.desk import Places, a_colleague, a_drive
from tests.factories.form import handed_in as applied
from tests.factories.sunday import a_day, at, handed_in, interviewed, judges_of, shortlisted

HAS_ROLES = connection.vendor == "postgresql"
REFUSED = {  # by triggers on both; the rest by the rights of the role
    "a sheet handed in": "UPDATE interviews_scoresheet SET note = 'x'",
    "a mark": "UPDATE interviews_score SET mark = 5",
    "a decision": "UPDATE interviews_decision SET outcome = 'WAITING'",
    "a decision deleted": "DELETE FROM interviews_decision",
    "a ranking as shown": "UPDATE interviews_standing SET digest = ''",
    "the log": "UPDATE portal_event SET verb = 'x'",
    "the log deleted": "DELETE FROM portal_event",
}
if HAS_ROLES:
    REFUSED |= {
        "TRUNCATE": "TRUNCATE interviews_decision CASCADE",
        "TRUNCATE of criteria": "TRUNCATE applications_anchor",
        "triggers put away": "ALTER TABLE interviews_scoresheet DISABLE TRIGGER ALL",
        "triggers asleep": "SET session_replication_role = replica",
        "a trigger dropped": "DROP TRIGGER interviews_scoresheet_frozen ON interviews_scoresheet",
        "a function replaced": "ALTER FUNCTION interviews_sheet_is_frozen() RENAME TO gone",
        "a table of its own": "CREATE TABLE mine (id int)",
        "a table in the way of a trigger": "CREATE TEMPORARY TABLE interviews_scoresheet (id int)",
        "a schema of its own": "CREATE SCHEMA mine",
        "a column": "ALTER TABLE interviews_score ADD COLUMN more int",
        "another role": "SET ROLE postgres",
        "a role": "CREATE ROLE mine",
        "a migration undone": "DELETE FROM django_migrations",
    }


def grant(role):
    call_command("grant_roles", role=role, stdout=StringIO())


@pytest.fixture
def as_the_application(transactional_db, monkeypatch):
    """From here on the role of the application asks the database, signed in with its own password; SQLite has none."""
    if not HAS_ROLES:
        yield
        return
    held = connection.settings_dict
    owner = {"USER": held["USER"], "PASSWORD": held["PASSWORD"]}
    role, password = f"app_of_{held['NAME']}".lower(), "only'in this test"
    monkeypatch.setenv("POSTGRES_APP_PASSWORD", password)
    grant(role)
    grant(role)
    connection.close()
    held.update(USER=role, PASSWORD=password)
    yield
    connection.close()
    held.update(owner)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def a_whole_way(now):
    """Apply, score, decide, freeze, publish, offer and answer; then the person's data is erased."""
    places = Places(now)
    office = a_colleague(places.state, Role.STATE_OFFICE, now)
    other = a_colleague(places.state, Role.STATE_OFFICE, now, number=2, name="मोहन कुमार")
    drive = a_drive(places.state, now)
    applied(drive, places.booth, now)
    day = a_day(drive, places.state, now)
    interview = interviewed(day, shortlisted(drive, places.danta, now, 1), now)
    for judge in judges_of(day.panels.get()):
        handed_in(interview, judge)
    decision = deciding.propose(interview=interview, outcome="SELECTED", reason="rank", by=office, now=at(18))
    deciding.approve(decision=decision, by=other, now=at(18, 30))
    closing.close_day(day=day, by=office, now=at(19))
    freezing.freeze(day=day, by=office, now=at(19))
    recording.publish(drive=drive, by=office, now=at(19))
    offering.send(drive=drive, decisions=[decision.pk], days=5, by=office, now=at(19))
    offering.answer(offer=Offer.objects.get(), takes_it=True, now=at(20))
    return interview.application


def refused(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def test_a_whole_way_works_under_the_role_and_nothing_frozen_changes(as_the_application, now):
    application = a_whole_way(now)
    outbox.send_due(now=at(20))
    events = Event.objects.count()

    assert [way for way, statement in REFUSED.items() if not refused(statement)] == []

    erasing.erase_application(application=application, destroy_on=timezone.localdate(now), by=None, now=at(21))
    assert (Offer.objects.get().takes_it, Event.objects.count() > events) == (True, True)


def test_a_role_that_is_none_or_the_owner_is_refused(db):
    for role in (connection.settings_dict["USER"], "Srijan; DROP TABLE x", ""):
        with pytest.raises(CommandError):
            grant(role)
