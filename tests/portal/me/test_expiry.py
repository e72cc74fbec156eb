"""Each rule of keeping, exact to the day: a day before it stands, on the day it goes, and again is harmless."""

import json
from datetime import datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from applications.models import Application, Draft, ImportBatch
from committees.levels import Role
from committees.models import Appointment
from interviews.domain import planning
from interviews.models import Board
from portal import organisation, requests, sealing, tokens
from portal.me import expiry, officer
from portal.models import DataRequest, Event, Job, Notice, Person, PhoneCode, Sealed, Token
from portal.retention import TABLES
from tests.factories import sunday
from tests.factories.desk import a_colleague
from tests.factories.form import a_draft, handed_in


def at(day, hour=0, minute=1):
    """A time on this day, on India's clock."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def a_code(drive, places, now):
    PhoneCode.objects.create(phone="+919829000001", session="s", digest="d", sent_at=now)
    return PhoneCode.objects.all(), timezone.localdate(now)


def a_notice(drive, places, now):
    Notice.objects.create(key="x", phone="+919829000001", template="x", due_at=now, sent_at=now, status="SENT")
    return Notice.objects.all(), timezone.localdate(now)


def a_job(drive, places, now):
    Job.objects.create(kind="x", title="x", asked_by=a_colleague(places.state, Role.STATE_OFFICE, now), asked_at=now)
    return Job.objects.all(), timezone.localdate(now)


def a_key(drive, places, now):
    owner, until = a_colleague(places.state, Role.STATE_OFFICE, now), now + timedelta(days=30)
    told = {"owner": owner, "scopes": ["me"], "expires_at": until, "by": owner, "now": now}
    tokens.issue(name="a", **told)
    tokens.end(token=tokens.issue(name="b", **told)[0], by=owner, now=now)
    return Token.objects.filter(name="b"), timezone.localdate(now)


def a_request(drive, places, now):
    asked = requests.ask(kind="complaint", thing=drive, phone="+919829000001", language="hi", words="क", now=now)
    requests.close(request=asked, status="DONE", answer="हुआ", by=None, now=now)
    return DataRequest.objects.all(), timezone.localdate(now)


def a_board(drive, places, now):
    board = planning.open_board(day=sunday.a_day(drive, places.state, now), by=None, now=now)
    return Board.objects.all(), timezone.localdate(board.expires_at)


def a_file(drive, places, now):
    ImportBatch.objects.create(drive=drive, code="X", file_name="x.xlsx", content=b"x", uploaded_at=now)
    return ImportBatch.objects.filter(content__isnull=False), expiry.result_of(drive)


def an_unfinished(drive, places, now):
    a_draft(drive, places.booth, now)
    return Draft.objects.all(), timezone.localdate(drive.closes_at)


def handed(drive, places, now):
    handed_in(drive, places.booth, now)
    return Application.objects.filter(erased_at=None), expiry.result_of(drive)


def handed_with_a_result(drive, places, now):
    drive.result_on = timezone.localdate(now) + timedelta(days=40)
    drive.save()
    handed_in(drive, places.booth, now)
    return Application.objects.filter(erased_at=None), drive.result_on


def somebody_relieved(drive, places, now):
    person = a_colleague(places.state, Role.STATE_OFFICE, now - timedelta(days=30)).person
    Appointment.objects.filter(person=person).update(until=now, ended_because="कार्यकाल पूरा")
    return Person.objects.filter(erased_at=None), timezone.localdate(now)


def a_box(drive, places, now):
    sealing.seal(row=drive, fields=["slug"], destroy_on=sealing.a_year_after(now), now=now)
    return Sealed.objects.all(), timezone.localdate(now)


@pytest.mark.parametrize(
    ("table", "make"),
    [
        ("portal.phonecode", a_code),
        ("portal.notice", a_notice),
        ("portal.job", a_job),
        ("portal.token", a_key),
        ("portal.datarequest", a_request),
        ("interviews.board", a_board),
        ("applications.importbatch", a_file),
        ("applications.draft", an_unfinished),
        ("applications.application", handed),
        ("applications.application", handed_with_a_result),
        ("portal.person", somebody_relieved),
        ("portal.sealed", a_box),
    ],
)
def test_each_rule_is_exact_to_the_day(drive, places, now, table, make):
    rows, since = make(drive, places, now)
    due = since + timedelta(days=TABLES[table].keep.days)

    stands = [(expiry.erase_due(now=at(due - timedelta(days=1), 23, 59))[table], rows.count()) for _twice in range(2)]
    counted = expiry.erase_due(now=at(due), dry_run=True)[table], rows.count()
    gone = [(expiry.erase_due(now=at(due))[table], rows.count()) for _twice in range(2)]

    assert (stands, counted, gone) == ([(0, 1), (0, 1)], (1, 1), [(1, 0), (0, 0)])


def test_every_rule_with_days_has_its_hand():
    with_days = {table for table, rules in TABLES.items() if rules.keep.days and (rules.personal or rules.sensitive)}
    with_their_thing = {table for table in with_days if table.split(".")[0] in ("applications", "interviews")}
    by_person = {"portal.user", "portal.nominee", "portal.jobpart", "committees.appointment"}
    by_person |= {"committees.nomination", "committees.ending", "committees.visit", "committees.visitphoto"}
    by_person |= {"committees.relay", "committees.threadline", "training.feedback", "training.quiztry"}

    rules = {rule.table for rule in expiry.RULES}

    assert with_days - with_their_thing - by_person - rules == set()
    assert {TABLES[table].keep for table in with_their_thing} == {
        TABLES["applications.application"].keep,
        TABLES["applications.draft"].keep,
    }


def test_the_officer_gets_one_report_a_day(drive, places, now):
    organisation.save(
        name_hi="विभाग", name_en="Department", help_phone="1", help_hours_hi="", help_hours_en="",
        grievance_email="officer@example.org",
    )  # fmt: skip
    handed_in(drive, places.booth, now)
    due = at(expiry.result_of(drive) + timedelta(days=366))

    for _minute in range(3):
        expiry.erase_due(now=due)

    assert Notice.objects.filter(template="erased_report").count() == 1
    assert Event.objects.filter(verb="erased what was due").count() == 1


def test_the_command_tells_in_json_and_touches_nothing_when_dry(drive, places, now, capsys):
    handed_in(drive, places.booth, now - timedelta(days=3))

    call_command("erase_expired", dry_run=True, json=True)

    told = json.loads(capsys.readouterr().out)
    assert set(told) == {rule.table for rule in expiry.RULES}
    assert Application.objects.filter(erased_at=None).count() == 1


def test_nothing_due_costs_little(drive, places, now, django_assert_max_num_queries):
    handed_in(drive, places.booth, now)

    with django_assert_max_num_queries(13):
        expiry.erase_due(now=now)


def test_the_officer_is_reminded_and_then_the_whole_office(drive, places, now):
    organisation.save(
        name_hi="विभाग", name_en="Department", help_phone="1", help_hours_hi="", help_hours_en="",
        grievance_email="officer@example.org", grievance_phone="9829099999",
    )  # fmt: skip
    a_colleague(places.state, Role.STATE_OFFICE, now)
    asked = requests.ask(kind="complaint", thing=drive, phone="+919829000001", language="hi", words="क", now=now)

    def told(day):
        officer.remind(now=at(day, 10))
        officer.remind(now=at(day, 11))
        return Notice.objects.filter(template__in=["request_due", "request_late"]).count()

    due = asked.due_on
    days = [due - timedelta(days=4), due - timedelta(days=3), due, due + timedelta(days=1), due + timedelta(days=8)]
    assert [told(day) for day in days] == [0, 1, 1, 3, 5]
