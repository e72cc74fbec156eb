"""People who sit already come by a file: each error with its place and mend, seated in bulk, taken back whole."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import translation

from committees.domain import seats, tallying
from committees.domain.rosters import import_people, seating, taking, undoing
from committees.models import Appointment, Post
from portal import jobs
from portal.models import Document, Event, Job, Notice, Person, User
from tests.factories.committees import make_holder, make_person, make_user

HEAD = "unit,post,name,phone,gender,birth_year,since,term_ends"
BOOTH = [
    "AC036-P112,booth-president,सुनीता मीणा,98290 55501,W,1980,2025-04-01,2027-03-31",
    "AC036-P112,booth-member,राम लाल,98290 55502,M,,,",
    "AC036-P112,booth-member,मोहन,98290 55503,,,2025-05-01,",
]
PRESIDENT = "SKR,district-president,कमला,98290 55505,,,,"


def written(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "विमला")


@pytest.fixture
def take(office, now):
    """Upload, carry out, and the file's own job and the one that did it."""

    def taken(*rows, asks=False, by=office):
        check = taking.upload(content=written(*rows), file_name="सूची.csv", by=by, now=now)
        job = taking.ask(check=check, asks=asks, by=by, now=now)
        jobs.do_due(now=now)
        job.refresh_from_db()
        return job

    return taken


def places(problems):
    return [(problem.row, problem.column) for problem in problems]


def test_a_booth_sits_as_its_file_says_and_the_file_may_be_brought_again(units, take, office, now):
    booth = units["AC036-P112"]
    booth.seats.all().delete()  # the tree came from a file: its chairs were never put up
    known = make_person(now, "राम लाल", phone="98290 55502")

    job = take(*BOOTH, PRESIDENT)

    rows = list(Appointment.objects.filter(seat__unit=booth).order_by("person__phone").select_related("seat__post"))
    assert [(row.seat.post.code, row.seat.number, row.person.name) for row in rows] == [
        ("booth-president", 1, "सुनीता मीणा"), ("booth-member", 1, "राम लाल"), ("booth-member", 2, "मोहन"),
    ]  # fmt: skip
    assert (rows[0].since.isoformat(), rows[1].since) == ("2025-03-31T18:30:00+00:00", now)
    assert (rows[0].term_ends, rows[0].person.birth_year, rows[0].person.gender) == (date(2027, 3, 31), 1980, "W")
    assert {(row.accepted_at, row.letter_id) for row in rows} == {(None, None)}
    assert rows[1].person == known
    told = Notice.objects.exclude(phone=office.phone)
    assert (User.objects.filter(phone="+919829055505").count(), told.count()) == (1, 0)
    assert {name: job.outcome[name] for name in ("new", "there", "left_out")} == {"new": 4, "there": 0, "left_out": 0}

    again = import_people(content=written(*BOOTH), by=None, now=now)
    assert (again.new, again.there, again.errors, Appointment.objects.filter(seat__unit=booth).count()) == (0, 3, [], 3)


def test_the_numbers_of_the_committees_know_of_it_though_it_was_long_ago(units, take, now):
    tallying.count_all(now=now - timedelta(minutes=10))

    take(*BOOTH)
    tallying.count_due(now=now)

    assert [units[code].tallies.get(level="booth").filled for code in ("AC036-P112", "SKR", "RJ")] == [3, 3, 3]


def test_each_asked_gets_a_letter_and_half_an_hour_later_the_question(units, take, now):
    take(*BOOTH)
    make_holder("booth-social-media", units["AC036-P112"], now)

    job = take(*BOOTH, "AC036-P112,booth-secretary,नई,9829055509,,,,", asks=True)

    ours = Appointment.objects.filter(person__phone__startswith="+9198290555")
    assert (job.outcome["new"], ours.exclude(letter=None).count(), ours.filter(accepted_at=None).count()) == (1, 4, 4)
    asked = Notice.objects.filter(template="appointed", due_at=now + seating.ASKED_AFTER)
    assert sorted(asked.values_list("phone", flat=True)) == [f"+91982905550{n}" for n in (1, 2, 3, 9)]


ERRORS = {
    "nobody's unit": ("NIL,booth-member,क,9829055501,,,,", "unit"),
    "ended unit": ("AC034,assembly-president,क,9829055501,,,,", "unit"),
    "post of another level": ("AC036-P112,district-member,क,9829055501,,,,", "post"),
    "post with power": ("RJ,admin,क,9829055501,,,,", "post"),
    "no number": ("AC036-P112,booth-member,क,98290,,,,", "phone"),
    "number of a spreadsheet": ("AC036-P112,booth-member,क,9.83E+09,,,,", "phone"),
    "no name": ("AC036-P112,booth-member,,9829055501,,,,", "name"),
    "gender": ("AC036-P112,booth-member,क,9829055501,X,,,", "gender"),
    "a child": ("AC036-P112,booth-member,क,9829055501,,2020,,", "birth_year"),
    "no day": ("AC036-P112,booth-member,क,9829055501,,,1.4.25,", "since"),
    "day to come": ("AC036-P112,booth-member,क,9829055501,,,2099-01-01,", "since"),
    "term over": ("AC036-P112,booth-member,क,9829055501,,,,2020-01-01", "term_ends"),
    "another name": ("AC036-P112,booth-member,क,9829055590,,,,", "name"),
    "sits elsewhere": ("JPR,district-president,सीता,9829055591,,,,", "post"),
    "held by another": ("SKR,district-president,क,9829055501,,,,", "post"),
    "somebody sat there then": ("JPR,district-social-media,क,9829055501,,,2020-01-01,", "since"),
}


def test_every_error_tells_its_row_its_column_and_its_mend(units, office, now):
    units["AC034"].__class__.objects.filter(pk=units["AC034"].pk).update(valid_to=date(2020, 1, 1))
    make_person(now, "राम", phone="98290 55590")
    make_holder("district-president", units["SKR"], now, make_person(now, "सीता", phone="98290 55591"))
    left = make_holder("district-social-media", units["JPR"], now)
    seats.end(appointment=left, reason="त्यागपत्र", by=None, now=now + timedelta(hours=1))
    before = (Person.objects.count(), Appointment.objects.count(), Event.objects.count())
    content = written(*(row for row, _column in ERRORS.values()))

    check = taking.upload(content=content, file_name="a.csv", by=office, now=now + timedelta(hours=2))
    problems = taking.problems_of(check)
    assert places(problems) == [(line, column) for line, (_row, column) in enumerate(ERRORS.values(), start=2)]
    assert (check.outcome["wrong"], check.outcome["new"], check.outcome["errors"]) == (16, 0, 16)
    assert not any(problem.message.isascii() for problem in problems)
    with pytest.raises(taking.NotToTake):
        taking.ask(check=check, asks=False, by=office, now=now)
    assert (Person.objects.count(), Appointment.objects.count(), Event.objects.count() - 1) == before


def test_the_file_as_a_whole_has_one_chair_one_name_and_one_such_post_for_each(units, now):
    chairs = Post.objects.get(code="booth-president")
    rows = [
        "AC036-P112,booth-president,सुनीता,9829055501,,,,",
        "AC036-P112,booth-president,मीना,9829055502,,,,",  # no second chair
        "AC036-P112,booth-member,गीता,9829055501,,,,",  # another's number
        "SKR,district-president,रमा,9829055503,,,,",
        "JPR,district-president,रमा,9829055503,,,,",  # one such post
        "SKR,district-president,रमा,9829055503,,,,",  # twice
    ]

    with translation.override("en"):
        report = import_people(content=written(*rows), by=None, now=now)

    assert chairs.seats_per_unit == 1
    assert places(report.errors) == [(3, "post"), (4, "phone"), (6, "post"), (7, "phone")]
    assert report.errors[0].message.startswith("Booth President: there is room for 1 here.")


def test_the_command_says_the_same_and_a_dry_run_keeps_nothing(units, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_bytes(written(*BOOTH))

    call_command("import_people", file, "--json", "--dry-run")
    dry, before = capsys.readouterr().out, Appointment.objects.count()
    call_command("import_people", file, "--json")

    assert (dry, before) == ('{"new": 3, "there": 0, "errors": []}\n', 0)
    assert (capsys.readouterr().out, Appointment.objects.count()) == (dry, 3)
    file.write_bytes(written("NIL,booth-member,क,9829055501,,,,"))
    with pytest.raises(SystemExit):
        call_command("import_people", file, "--json")


def test_what_nobody_touched_is_taken_back_whole_and_the_others_are_named(units, take, office, now):
    known = make_person(now, "राम लाल", phone="98290 55502")
    events = Event.objects.filter(kind="committees.appointment").count()
    job = take(*BOOTH, "AC036-P112,booth-secretary,चौथी,9829055504,,,,", PRESIDENT, asks=True)
    rows = {row.person.phone[-1]: row for row in Appointment.objects.filter(seat__unit=units["AC036-P112"])}
    seats.accept(appointment=rows["3"], now=now)
    Notice.objects.filter(phone="+919829055504").update(status="SENT")

    undo = undoing.ask(job=job, by=office, now=now)
    jobs.do_due(now=now)

    undo.refresh_from_db()
    job.refresh_from_db()
    assert (undo.outcome["gone"], undo.outcome["stay"]) == (3, sorted([rows["3"].pk, rows["4"].pk]))
    assert set(Appointment.objects.filter(seat__unit=units["AC036-P112"])) == {rows["3"], rows["4"]}
    assert (Person.objects.filter(phone="+919829055501").count(), Person.objects.get(pk=known.pk)) == (0, known)
    assert (User.objects.filter(phone="+919829055505").count(), Document.objects.count()) == (0, 2 + 1)
    assert Notice.objects.filter(phone__in=["+919829055501", "+919829055502"], status="QUEUED").count() == 0
    assert Event.objects.filter(kind="committees.appointment").count() > events
    with pytest.raises(undoing.NothingToTakeBack):
        undoing.ask(job=job, by=office, now=now)


def test_an_undo_has_its_week(units, take, office, now):
    job = take(*BOOTH)

    assert not undoing.can_be_undone(job, job.finished_at + undoing.WINDOW)
    assert undoing.can_be_undone(job, job.finished_at + undoing.WINDOW - timedelta(minutes=1))


def test_a_hundred_by_oneself_more_with_a_second_person(units, office, now, monkeypatch):
    monkeypatch.setattr(taking, "ALONE", 2)
    colleague = make_user("state-office", units["RJ"], now, "रमा")
    check = taking.upload(content=written(*BOOTH), file_name="a.csv", by=office, now=now)

    job = taking.ask(check=check, asks=False, by=office, now=now)
    with pytest.raises(taking.AlreadyTaken):
        taking.ask(check=check, asks=False, by=colleague, now=now)
    jobs.do_due(now=now)
    nobody = Appointment.objects.filter(seat__unit=units["AC036-P112"]).count()
    jobs.agree(job=job, by=colleague, now=now)
    jobs.do_due(now=now)

    assert (nobody, Appointment.objects.filter(seat__unit=units["AC036-P112"]).count()) == (0, 3)


def test_begun_anew_it_goes_on_and_the_undo_knows_all(units, office, now, monkeypatch):
    monkeypatch.setattr(taking, "SLICE", 2)
    check = taking.upload(content=written(*BOOTH), file_name="a.csv", by=office, now=now)
    job = taking.ask(check=check, asks=False, by=office, now=now)
    rows = seating.rows_of(written(*BOOTH), [])[:2]
    first = seating.take_some(rows=rows, source=job.key, asks=False, by=office, now=now)
    Job.objects.filter(pk=job.pk).update(outcome=taking._added({}, first, 2))

    jobs.do_due(now=now)

    job.refresh_from_db()
    seated = Appointment.objects.filter(seat__unit=units["AC036-P112"]).order_by("pk")
    assert list(taking.keys_of(job.outcome["appointments"])) == list(seated.values_list("pk", flat=True))
    assert (job.outcome["new"], job.outcome["there"], job.error) == (3, 0, "")


def test_what_changed_since_the_look_is_told_and_nobody_is_seated(units, office, now):
    check = taking.upload(content=written(*BOOTH), file_name="a.csv", by=office, now=now)
    job = taking.ask(check=check, asks=False, by=office, now=now)
    make_holder("booth-president", units["AC036-P112"], now, make_person(now, "कोई और"))

    jobs.do_due(now=now)

    job.refresh_from_db()
    assert places(taking.problems_of(job)) == [(2, "post")]
    assert Appointment.objects.filter(seat__unit=units["AC036-P112"]).count() == 1


def test_who_lost_the_right_seats_nobody(units, office, now):
    check = taking.upload(content=written(*BOOTH), file_name="a.csv", by=office, now=now)
    job = taking.ask(check=check, asks=False, by=office, now=now)
    held = Appointment.objects.get(person=office.person)
    seats.end(appointment=held, reason="पद छोड़ा", by=None, now=now + timedelta(minutes=1))

    jobs.do_due(now=now + timedelta(minutes=2))

    job.refresh_from_db()
    assert (job.error, Appointment.objects.filter(seat__unit=units["AC036-P112"]).count()) == ("RightEnded", 0)
