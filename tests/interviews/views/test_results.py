"""The table of results: filters in the address, several days as one, side by side, and as a file."""

from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from applications.models import Application, Drive
from committees.domain import forming
from committees.models import Post
from interviews.domain import closing, corrections, deciding, exporting, freezing, posts, promoting, ranking, recording
from interviews.models import Decision, Interview, Score, ScoreSheet, Standing
from portal import jobs
from portal.models import Event, Job, Notice
from portal.models.people import Gender
from tests.factories.desk import an_application
from tests.factories.sunday import a_day, answers, at, handed_in, interviewed, judges_of, shortlisted

DOOR = "portal.accounts.backend.DoorBackend"
MARKS = [
    [(5, 5, 5, 5, 5), (5, 4, 5, 5, 5)],
    [(4, 4, 4, 4, 4), (1, 4, 4, 4, 4)],
    [(3, 3, 3, 3, 3), (3, 3, 3, 3, 3)],
    [(2, 2, 2, 2, 2)],
]


def heard(day, drive, unit, now, number, sheets, **fields):
    """Someone who was with the panel, with the sheets of its first judges."""
    interview = interviewed(day, shortlisted(drive, unit, now, number, **fields), now, at(11, day=day.date))
    for judge, marks in zip(judges_of(interview.panel), sheets, strict=False):
        handed_in(interview, judge, marks)
    return interview


@pytest.fixture
def closed(day, drive, places, now, office):
    """Four people of two districts, the first and third of them women, on a day that is closed."""
    homes = [places.danta, places.ramgarh, places.danta, places.ramgarh]
    rows = [
        heard(day, drive, homes[n], now, n, marks, gender="WM"[n % 2], birth_year=[1999, 1970][n % 2])
        for n, marks in enumerate(MARKS)
    ]
    closing.close_day(day=day, by=office, now=at(18))
    return rows


def browser(user):
    client = Client()
    client.force_login(user, backend=DOOR)
    return client


def address(name, drive):
    return reverse(f"interviews:{name}", args=[drive.slug])


def names(answer):
    return [row.interview.pk for row in answer.context["page"]]


VIEWS = {
    "": [0, 1, 2, 3],
    "flag=wide": [1],
    "flag=any&sort=spread": [1, 3],
    "district=alwar": [1, 3],
    "sort=spread": [1, 0, 2, 3],
    "sort=c1": [0, 2, 1, 3],
    "sort=counts": [0, 1, 2, 3],
    "sort=sheets": [3, 0, 1, 2],
    "state=none&who=young": [0, 2],
    "district=nowhere&sort=cleverness&who=women": [0, 1, 2, 3],
}


def test_an_address_holds_the_filters_and_the_order(closed, office, day):
    client, page = browser(office), reverse("interviews:results", args=day.address)

    answers = {query: client.get(f"{page}?{query}") for query in VIEWS}

    assert {query: names(answer) for query, answer in answers.items()} == {
        query: [closed[number].pk for number in wanted] for query, wanted in VIEWS.items()
    }
    misread = {query for query, answer in answers.items() if answer.context["sift"].misread}
    assert misread == {"district=nowhere&sort=cleverness&who=women"}


def test_women_are_told_apart_where_the_drive_asks_and_by_nobody_who_judges(closed, office, drive, day, panel, now):
    Drive.objects.filter(pk=drive.pk).update(asks_representation=True)
    page = f"{reverse('interviews:results', args=day.address)}?who=women"
    chosen = {"interview": [closed[0].pk, closed[2].pk], "outcome": "SELECTED", "reason": "balance", "words": "संतुलन"}

    seen, tried = browser(office).get(page), browser(office).post(page.replace("results/", "results/propose/"), chosen)
    judge = panel.memberships.first()
    type(judge).objects.filter(pk=judge.pk).update(person=office.person)
    as_judge = browser(office).get(page)

    assert names(seen) == [closed[0].pk, closed[2].pk]
    assert (tried.status_code, Decision.objects.count()) == (422, 0)
    assert (len(names(as_judge)), as_judge.context["tally"].bars) == (4, [])
    assert closed[0].application.gender == Gender.WOMAN


@pytest.mark.once
def test_a_thousand_take_as_many_queries_as_a_hundred(day, drive, places, now, office, panel):
    client, counts = browser(office), []
    closing.close_day(day=day, by=office, now=at(18))
    page = f"{reverse('interviews:results', args=day.address)}?flag=single&sort=median"
    client.get(page)
    for so_far, until in ((0, 100), (100, 1000)):
        crowd(an_application(drive, places.danta, now, until, status="SHORTLISTED"), panel, range(so_far, until))
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        counts.append(len(asked))
        assert (answer.context["page"].paginator.count, len(answer.context["page"])) == (until, 100)

    assert counts[0] == counts[1] < 40


def crowd(like, panel, numbers):
    """Many people like this one with one sheet each, written at once: the day is only their frame."""
    judge, criteria, now = judges_of(panel)[0], list(like.drive.criteria.all()), like.submitted_at
    values = {
        each.attname: getattr(like, each.attname) for each in Application._meta.concrete_fields if each.attname != "id"
    }
    people = Application.objects.bulk_create(
        Application(**values | {"ref": f"R{n:07}", "phone": f"+9177{n:08}", "link_key": f"k{n:021}"}) for n in numbers
    )
    interviews = Interview.objects.bulk_create(
        Interview(day=panel.day, panel=panel, status="DONE", application=one, token=int(one.ref[1:]) + 1)
        for one in people
    )
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(interview=one, panelist=judge, declared_free_at=now, saved_at=now) for one in interviews
    )
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=each, mark=1 + sheet.pk % 5) for sheet in sheets for each in criteria
    )
    ScoreSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(submitted_at=now)


# --- several days ------------------------------------------------------------------------------------------------


@pytest.fixture
def two_days(closed, drive, places, now, office):
    """A second Sunday with the same judges; two more people, the day is not closed yet."""
    later = a_day(drive, places.state, now, date=at(11).date().replace(day=23))
    more = [heard(later, drive, places.danta, now, 10 + n, [marks] * 2) for n, marks in enumerate([(4,) * 5, (1,) * 5])]
    return later, more


def test_days_that_are_closed_have_one_ranking(two_days, closed, drive, day, office):
    later, more = two_days
    before = names(browser(office).get(address("drive-results", drive)))
    closing.close_day(day=later, by=office, now=at(18, day=later.date))

    after = browser(office).get(address("drive-results", drive))

    assert before == [one.pk for one in closed]
    assert [(row.interview.pk, row.rank) for row in after.context["page"]] == [
        (one.pk, rank) for rank, one in enumerate([closed[0], more[0], closed[1], closed[2], closed[3], more[1]], 1)
    ]
    assert [row.interview for row in ranking.rank(day).rows] == closed
    assert ranking.lot_of(drive) == day.lot


def test_against_the_ranking_of_all_days_needs_a_sentence(two_days, closed, drive, office):
    later, more = two_days
    closing.close_day(day=later, by=office, now=at(18, day=later.date))
    told = {"outcome": "SELECTED", "reason": "rank", "by": office, "now": at(19, day=later.date)}

    with pytest.raises(deciding.NeedsWords):
        deciding.propose(interview=closed[1], **told)
    made = deciding.propose_many(interviews=[closed[1], closed[0], more[0]], **told)

    assert [row.out_of_order for row in made] == [False] * 3


def test_the_ranking_of_all_days_is_kept_with_the_last_of_them(two_days, closed, drive, day, office, other_office):
    later, more = two_days
    closing.close_day(day=later, by=office, now=at(18, day=later.date))
    now = at(19, day=later.date)
    rows = deciding.propose_many(
        interviews=[*more, *closed], outcome="WAITING", reason="seats", words="सूची", by=office, now=now
    )
    deciding.approve_many(decisions=rows, by=other_office, now=now)
    line = [decision.interview_id for decision in promoting.line(drive)]
    for one in (day, later):
        assert freezing.drive_same_as_shown(drive) is None
        freezing.freeze(day=one, by=office, now=now)
    record = recording.publish(drive=drive, by=office, now=now).rows["people"]

    assert line == [row.interview.pk for row in ranking.rank_drive(drive).rows]
    assert [(row["overall"], row["date"], row["rank"]) for row in record[:3]] == [
        (1, "2025-11-16", 1), (2, "2025-11-23", 1), (3, "2025-11-16", 2),
    ]  # fmt: skip
    assert freezing.drive_same_as_shown(drive) is True
    assert Standing.objects.get(drive=drive).rows == freezing.rows_of_drive(drive)
    call_command("rank", "--drive", drive.slug, "--check")
    Interview.objects.filter(pk=closed[0].pk).update(token=99)
    with pytest.raises(CommandError, match="NOT what was shown"):
        call_command("rank", "--drive", drive.slug, "--check")


# --- a post goes with the decision ---------------------------------------------------------------------------------


@pytest.fixture
def post(places, now):
    """One chair of one post in the committee of the state."""
    made = Post.objects.create(code="chief", level="state", name_hi="प्रदेश संयोजक", name_en="Chief", order=1)
    forming.make_seats(unit=places.state, by=None, now=now)
    return made


def test_a_post_is_chosen_told_and_left_to_nobody_else(closed, drive, day, office, other_office, post):
    page = reverse("interviews:propose", args=day.address)
    wish = {"outcome": "SELECTED", "reason": "rank", "post": post.pk}

    browser(office).post(page, {**wish, "interview": closed[0].pk})
    again = browser(office).post(page, {**wish, "interview": closed[1].pk})
    waiting = browser(office).post(page, {**wish, "outcome": "WAITING", "interview": closed[1].pk})
    preview = browser(office).get(address("results-news", drive)).content.decode()
    browser(other_office).post(reverse("interviews:approve", args=day.address), {"decision": Decision.objects.get().pk})

    assert (again.status_code, waiting.status_code) == (422, 422)
    assert "प्रदेश संयोजक के लिए आपका चयन हुआ" in preview
    assert Notice.objects.get(template="result_selected_post").context["post"] == "प्रदेश संयोजक"
    assert [(one.post, one.left) for one in posts.left(drive, posts.given(drive))][:1] == [(post, 0)]


# --- side by side, the meeting, the file ----------------------------------------------------------------------------


def test_two_to_four_stand_side_by_side_at_an_address_to_share(closed, drive, office):
    client, page = browser(office), address("compare", drive)

    led = client.post(page, {"interview": [closed[0].pk, closed[1].pk]})
    shown = client.get(led.url)
    alone = client.post(page, {"interview": [closed[0].pk]}, follow=True)

    assert [row.interview for row in shown.context["people"]] == closed[:2]
    assert shown.context["lines"][0][1] == [(5, [5, 5]), (2.5, [4, 1])]
    assert alone.redirect_chain[-1][0] == address("drive-results", drive)


def test_a_member_corrects_once_after_the_meeting_and_both_values_stay(closed, day, office):
    page, sheet = reverse("interviews:calibration", args=day.address), closed[1].sheets.last()
    told = {"why": "फिर से बात हुई", "by": sheet.panelist.user, "now": at(18, 30)}
    before = [(case.row.interview, case.state) for case in browser(office).get(page).context["cases"]]

    new = corrections.correct(sheet=sheet, answers=answers(day, (4, 4, 4, 4, 4)), **told)
    waits = browser(office).get(page).context["cases"][0].state
    corrections.agree(sheet=new, by=office, now=at(18, 40))
    screen = browser(office).get(f"{page}?at={closed[1].application.ref}")

    assert before == [(closed[1], "open"), (closed[3], "open")]
    assert (waits, screen.context["case"].state) == ("waits", "revised")
    assert "<s>1</s> → <b>4</b>" in screen.content.decode()
    with pytest.raises(corrections.RevisedBefore):
        corrections.correct(sheet=new, answers=answers(day), **told)


def test_a_small_file_is_taken_at_once_and_a_large_one_by_two(closed, drive, office, other_office, monkeypatch):
    answer = browser(office).post(f"{address('results-file', drive)}?district=alwar", {"kind": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    monkeypatch.setattr(exporting, "MOST", 1)
    asked = browser(office).post(address("results-file", drive), {"kind": "csv"})
    job = Job.objects.get()
    jobs.agree(job=job, by=other_office, now=at(19))
    jobs.do_due(now=at(19, 1))

    job.refresh_from_db()
    assert [row[0] for row in rows[2:]] == ["2", "4"]
    assert asked.url == reverse("committees:job", args=[job.key])
    assert (job.error, b"".join(jobs.file_of(job)).decode().count("\r\n")) == ("", 6)
    assert Event.objects.filter(verb="exported results").count() == 6


def test_nobody_reads_of_several_days_what_a_day_keeps_back(day, drive, places, now, office):
    heard(day, drive, places.danta, now, 0, [(4,) * 5])
    client = browser(office)

    results = client.get(address("drive-results", drive))
    meeting = client.get(reverse("interviews:calibration", args=day.address))

    assert names(results) == []
    assert meeting.url == reverse("interviews:results", args=day.address)
