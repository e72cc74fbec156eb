"""A whole file: all or nothing, told to each person, and out again without a trace."""

from datetime import timedelta

import pytest

from applications import answered
from applications.domain import changing, placing, reviewing
from applications.domain.importing import batches, undoing
from applications.models import Application, Consent, ImportBatch, ShareLink
from portal import jobs, outbox
from portal.models import Event, Notice
from portal.models.notices import NoticeStatus
from tests.applications.importing.world import awkward_excel, everything, somebody_is_there, table, taken_in, uploaded

ROWS = [
    ["2025/11/03 10:00:00 am GMT+5:30", "कमला गोयल", "6000002001", "सीकर", "1985"],
    ["2025/11/04 10:00:00 am GMT+5:30", "अंजू पुरोहित", "6000002002", "अलवर", "1990"],
]


@pytest.fixture
def batch(drive, now):
    return taken_in(drive, now, table(*ROWS))


@pytest.mark.parametrize("content", [None, awkward_excel], ids=["csv", "xlsx"])
def test_an_import_taken_back_leaves_every_table_as_it_was(drive, places, now, content):
    somebody_is_there(drive, places.booth, now)
    batch = uploaded(drive, now, content and content())
    before = everything()

    batches.take_in(batch=batch, by=None, now=now)
    between = everything()
    gone = undoing.take_back(batch=batch, by=None, now=now)

    assert between != before
    assert gone == batch.created == 40
    assert everything() == before
    assert (batch.undone_at, batch.content) == (now, None)


def test_each_person_is_told_half_an_hour_later_who_holds_what(batch, drive, now):
    first = Application.objects.get(phone="+916000002001")

    notice = Notice.objects.get(phone="+916000002001")
    assert (notice.template, notice.due_at) == ("import_notice", now + timedelta(minutes=30))
    assert notice.key == f"import_notice:{batch.code}:{first.pk}"
    assert first.link_key in notice.context["url"]
    outbox.queue([notice])
    assert Notice.objects.count() == 2


def test_the_words_of_the_notice_are_the_consent_on_record(batch, now):
    first = Application.objects.get(phone="+916000002001")

    assert first.consent_text.version.startswith("import")
    assert f"{first.consent_at:%d.%m. %H:%M}" == "03.11. 04:30"
    assert Consent.objects.filter(application=first, withdrawn_at=None).count() == 1
    assert first.wants_messages is False


def test_what_has_no_place_is_shown_under_its_heading_and_never_to_a_panel(drive, now):
    headings = ("Full Name", "Mobile", "Year of birth", "Blood group")
    taken_in(drive, now, table(["कमला गोयल", "6000002001", "1985", "B+"], headings=headings))
    extra = Application.objects.get().extra

    assert answered.all_rows(drive, extra) == [answered.Answered("Blood group", "B+")]
    assert answered.all_rows(drive, extra, for_panel=True) == []


def test_the_own_page_of_an_imported_person_opens(client, batch, now):
    first = Application.objects.get(phone="+916000002001")

    page = client.get(f"/a/{first.ref}/?k={first.link_key}", follow=True)

    assert page.status_code == 200
    assert "कमला गोयल" in page.content.decode()


def test_a_file_goes_in_once(batch, now):
    with pytest.raises(batches.AlreadyDone):
        batches.take_in(batch=batch, by=None, now=now)

    assert Application.objects.count() == 2


def test_the_same_file_again_brings_only_duplicates(batch, drive, now):
    again = taken_in(drive, now, table(*ROWS))

    assert (again.created, again.duplicates, again.skipped) == (0, 2, 0)
    assert Application.objects.count() == 2


def test_a_crash_half_way_leaves_nothing(drive, now, monkeypatch):
    batch = uploaded(drive, now, table(*ROWS))
    before = everything()

    def crash(notices):
        raise ConnectionError

    monkeypatch.setattr(outbox, "queue", crash)
    with pytest.raises(ConnectionError):
        batches.take_in(batch=batch, by=None, now=now)

    assert everything() == before
    assert ImportBatch.objects.get().done_at is None


def test_the_job_takes_a_file_in_and_begun_anew_does_no_harm(drive, office, now):
    batch = uploaded(drive, now, table(*ROWS))
    job = batches.ask_for(batch=batch, people=2, right="decide", by=office, now=now)

    done = jobs.do_due(now=now)
    again = batches.work(job=job, now=now)

    job.refresh_from_db()
    assert (done, job.needs_second) == ({"done": 1, "failed": 0}, False)
    assert job.outcome == again.outcome == {
        "batch": batch.code, "created": 2, "duplicates": 0, "skipped": 0,
        "lines": ["2 शामिल, 0 दोहराव, 0 छूटे"], "url": f"/office/drives/{drive.slug}/import/{batch.code}/",
    }  # fmt: skip
    assert Application.objects.count() == 2


def test_more_than_a_hundred_people_are_told_only_by_two(drive, office, now):
    batch = uploaded(drive, now, table(*ROWS))

    job = batches.ask_for(batch=batch, people=101, right="decide", by=office, now=now)

    assert job.needs_second
    assert jobs.do_due(now=now) == {"done": 0, "failed": 0}


# --- taking back --------------------------------------------------------------------------


def moved(application, now):
    reviewing.shortlist(application=application, by=None, now=now)


def changed(application, now):
    answers = {"since": "2-5", "roles": "", "work": "नया काम"}
    changing.change(application=application, step="work", answers=answers, now=now + timedelta(minutes=1))


@pytest.mark.parametrize("work", [moved, changed])
def test_nothing_goes_while_somebody_has_worked_on_one_of_them(batch, now, work):
    work(Application.objects.get(phone="+916000002002"), now)
    before = everything()

    with pytest.raises(undoing.MovedOn) as caught:
        undoing.take_back(batch=batch, by=None, now=now)

    assert [application.phone for application in caught.value.applications] == ["+916000002002"]
    assert everything() == before
    batch.refresh_from_db()
    assert batch.undone_at is None


def test_a_place_that_the_office_found_goes_with_the_import(drive, places, office, now):
    before = everything()
    batch = taken_in(drive, now)
    for row in placing.waiting(Application.objects.filter(batch=batch)):
        placing.place(application=row, unit=places.mandal, by=office, now=now)

    gone = undoing.take_back(batch=batch, by=None, now=now)

    assert (gone, everything()) == (batch.created, before)


def test_the_own_link_of_an_imported_person_goes_with_them(batch, now):
    first = Application.objects.get(phone="+916000002001")
    ShareLink.objects.create(code="ABCDEFG", drive=first.drive, via="friend", referrer=first, made_at=now)

    undoing.take_back(batch=batch, by=None, now=now)

    assert not ShareLink.objects.exists()


def test_a_message_that_left_stays_written_down(batch, now):
    Notice.objects.filter(phone="+916000002001").update(status=NoticeStatus.SENT, sent_at=now)

    undoing.take_back(batch=batch, by=None, now=now)

    assert [notice.phone for notice in Notice.objects.all()] == ["+916000002001"]
    assert undoing.already_told(batch) == 1


def test_what_is_out_is_not_taken_back_twice(batch, drive, now):
    undoing.take_back(batch=batch, by=None, now=now)

    for nothing in (batch, uploaded(drive, now, table(*ROWS))):
        with pytest.raises(undoing.NothingToTakeBack):
            undoing.take_back(batch=nothing, by=None, now=now)


def test_the_log_says_who_took_what_and_repeats_no_answers(drive, office, now):
    batch = taken_in(drive, now, table(*ROWS), by=office)
    undoing.take_back(batch=batch, by=office, now=now)

    verbs = Event.objects.filter(kind="applications.importbatch").values_list("verb", "by").order_by("pk")
    assert list(verbs) == [
        ("uploaded a file", office.pk),
        ("took a file in", office.pk),
        ("took an import back", office.pk),
    ]
    assert "6000002001" not in "".join(str(event.data) for event in Event.objects.all())


def test_files_that_nobody_took_in_go_after_a_week(drive, now):
    old = uploaded(drive, now, table(*ROWS))

    uploaded(drive, now + timedelta(days=8), table(*ROWS))

    assert not ImportBatch.objects.filter(pk=old.pk).exists()
