"""What the one page shows when the office has decided, and what the phone may keep of it."""

from datetime import time, timedelta

import pytest
from django.test import Client

from applications.domain import reviewing, withdrawing
from applications.domain.appointing import appoint
from applications.domain.changing import TooLate, change, consider_below
from applications.outcomes import KEPT
from applications.states import Reason, Status
from committees.domain import letters, seats
from committees.models import Post, Seat
from portal import outbox
from portal.models import Notice
from portal.models.notices import NoticeStatus
from portal.retention import YEAR_AFTER_RESULT
from tests.factories import sunday
from tests.factories.desk import a_drive
from tests.factories.form import handed_in, phone

pytestmark = pytest.mark.usefixtures("clock")

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
DOOR = "portal.accounts.backend.DoorBackend"


@pytest.fixture
def application(drive, places, now):
    return handed_in(drive, places.booth, now)


@pytest.fixture
def owner(application):
    client = Client()
    client.get(f"/a/{application.ref}/?k={application.link_key}")
    return client


@pytest.fixture
def rejected(application, office, now):
    """Not selected a day ago, for being too short."""
    reviewing.reject(application=application, by=office, now=now - DAY, reason="आपसी बात: भाषा ठीक नहीं")
    type(application).objects.filter(pk=application.pk).update(reason_code=Reason.UNFINISHED)
    return application


def main(client, application):
    return client.get(f"/a/{application.ref}/").content.decode().split("<main")[1]


def put(application, **values):
    type(application).objects.filter(pk=application.pk).update(**values)


def test_a_result_is_shown_when_its_news_leaves_and_not_before(owner, application, office, now, clock):
    reviewing.select(application=application, by=office, now=now)
    news = Notice.objects.get(template="result_selected")

    clock.move_to(news.due_at - MINUTE)
    early = main(owner, application), owner.get("/resume/").content.decode()
    clock.move_to(news.due_at)
    late = main(owner, application), owner.get("/resume/").content.decode()

    assert [("चयन हुआ" in text) for text in (*early, *late)] == [False, False, True, True]


def test_a_result_that_was_taken_back_is_never_seen(owner, application, office, now, clock):
    done = reviewing.reject(application=application, by=office, now=now, reason="भूल से")
    clock.move_to(now + 5 * MINUTE)
    between = main(owner, application)
    reviewing.undo(batch=done.batch, by=office, now=now + 5 * MINUTE)

    clock.move_to(now + 30 * MINUTE)

    assert "चयन नहीं हुआ" not in between + main(owner, application)


def test_of_two_results_the_older_is_seen_until_the_newer_leaves(owner, application, office, now, clock):
    reviewing.wait(application=application, by=office, now=now - DAY)
    reviewing.select(application=application, by=office, now=now)

    assert "प्रतीक्षा सूची" in main(owner, application)


def test_who_is_not_selected_reads_what_counted_why_in_gentle_words_and_the_next_door(owner, rejected, drive):
    text = main(owner, rejected)

    assert "इस बार चयन नहीं हुआ" in text
    assert [criterion.name in text for criterion in drive.criteria.all()] == [False, True, True, True, False]
    assert "अगली बार थोड़ा और लिखें" in text
    assert "भाषा ठीक नहीं" not in text
    assert "रविवार, 15 नवंबर 2026" in text or "16 नवंबर 2026" in text


def test_another_reason_is_the_office_s_own_affair(owner, rejected):
    put(rejected, reason_code=Reason.OTHER)

    assert "भाषा ठीक नहीं" not in main(owner, rejected)


def test_committees_below_may_look_at_it_as_long_as_the_person_likes(owner, rejected):
    address = f"/a/{rejected.ref}/consider/"
    assert "जिला/मंडल समिति के लिए विचार हो" in main(owner, rejected)

    yes = owner.post(address, {"wants": "yes"}, follow=True).content.decode()
    rejected.refresh_from_db()
    assert rejected.considers_below is True
    assert "विचार कर सकती हैं" in yes

    owner.post(address, {"wants": "no"})
    rejected.refresh_from_db()
    assert rejected.considers_below is False


def test_nobody_else_and_nobody_too_early_opens_that_door(client, application, now):
    assert client.post(f"/a/{application.ref}/consider/", {"wants": "yes"}).status_code == 404
    with pytest.raises(TooLate):
        consider_below(application=application, wants=True, now=now)


def test_the_page_and_the_eraser_keep_it_equally_long():
    assert KEPT.days == YEAR_AFTER_RESULT.days


@pytest.mark.parametrize(("number", "says"), [(3, "ज़्यादा से ज़्यादा 10 लोग"), (12, "ज़्यादा से ज़्यादा 50 लोग")])
def test_the_waiting_list_tells_a_size_and_no_place(owner, application, drive, places, now, number, says):
    others = [handed_in(drive, places.booth, now, number=nth) for nth in range(1, number)]
    for row in (application, *others):
        put(row, status=Status.WAITING)

    assert says in main(owner, application)


def test_a_joined_application_leads_to_the_one_that_goes_on(owner, application, drive, places, now):
    kept = handed_in(drive, places.booth, now, number=1)
    put(application, status=Status.MERGED, merged_into=kept)

    text = main(owner, application)

    assert f'href="/a/{kept.ref}/"' in text
    assert "मेरे उत्तर" not in text
    assert "मेरे उत्तर" not in owner.get(f"/a/{kept.ref}/").content.decode()


def test_who_was_helped_reads_by_whom(owner, application, office):
    put(application, entered_by=office)

    assert "आपकी ओर से विमला देवी ने भरा है" in main(owner, application)


def test_the_own_qr_is_gone_with_the_application(owner, application, now):
    assert "मेरा QR" in main(owner, application)

    withdrawing.withdraw(application=application, why="", now=now)

    assert "मेरा QR" not in main(owner, application)
    assert "मेरे उत्तर" not in main(owner, application)


def test_after_withdrawing_nothing_more_is_sent_and_putting_it_back_brings_the_receipt(application, office, now):
    reviewing.select(application=application, by=office, now=now)
    withdrawing.withdraw(application=application, why="", now=now)

    assert outbox.send_due(now=now + DAY)["sent"] == 0

    withdrawing.undo(application=application, now=now)
    assert outbox.send_due(now=now + DAY)["sent"] == 1


def test_what_is_promised_follows_a_changed_number(application, office, now):
    reviewing.shortlist(application=application, by=office, now=now)

    change(application=application, step="contact", answers={"phone": phone(7), "on_whatsapp": True}, now=now)

    assert Notice.objects.get(status=NoticeStatus.QUEUED).phone == phone(7)


def test_the_interview_stands_in_the_timeline_with_its_time_and_how_it_went(
    owner, application, places, office, now, clock
):
    day = sunday.a_day(application.drive, places.state, now)
    reviewing.shortlist(application=application, by=office, now=now - DAY)
    assert "साक्षात्कार सूची में है" in main(owner, application)

    interview = sunday.called(day, application, now)
    called = main(owner, application)
    clock.move_to(sunday.at(12))
    passed = main(owner, application)
    type(interview).objects.filter(pk=interview.pk).update(status="NO_SHOW")
    missed = main(owner, application)

    assert "बताएँ कि आ रहे हैं या नहीं" in called
    assert f"/a/{application.ref}/interview.ics" in called
    assert "अब भी आ सकते हैं तो स्वागत डेस्क पर आएँ" in passed
    assert ("interview.ics" in passed, "बताएँ कि" in passed) == (False, False)
    assert "आना नहीं हुआ" in missed


def test_only_the_applicant_s_own_phone_keeps_the_page_while_the_application_lives(owner, application, office, now):
    address = f"/a/{application.ref}/"
    colleague = Client()
    colleague.force_login(office, backend=DOOR)
    colleague.get(f"{address}?k={application.link_key}")

    assert owner.get(address)["X-Pass"] == owner.get(f"{address}interview/")["X-Pass"] == "keep"
    assert colleague.get(address)["X-Pass"] == "forget"
    assert "X-Pass" not in Client().get(address)
    withdrawing.withdraw(application=application, why="", now=now)
    assert owner.get(address)["X-Pass"] == "forget"


def test_somebody_else_s_phone_forgets_it(owner, application):
    answer = owner.post(f"/a/{application.ref}/leave/")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "मेरे उत्तर" not in owner.get(f"/a/{application.ref}/").content.decode()
    assert owner.post(f"/a/{application.ref}/leave/").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_worker_reaches_the_own_pages_and_nothing_above_them(client, db, prefix):
    answer = client.get(f"{prefix}/a/sw.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer


def test_a_known_and_an_unknown_number_cost_the_same_queries(application, django_assert_num_queries):
    def asked(ref):
        with django_assert_num_queries(0):
            return Client().get(f"/a/{ref}/").status_code

    assert {asked(application.ref), asked("0000-0000"), asked("K7Q2-9FXN"), asked("nonsense")} == {200}


def test_the_appointed_find_their_appointment_on_the_page(owner, application, places, office, now):
    put(application, status=Status.SELECTED)
    application.refresh_from_db()
    post = Post.objects.create(code="secretary", level="mandal", name_hi="मंडल सचिव", name_en="Mandal secretary")
    seat = Seat.objects.create(unit=places.mandal, post=post, number=1)
    appointment = appoint(application=application, seat=seat, by=office, now=now)

    text = main(owner, application)

    assert f'href="{letters.link_for(appointment)}"' in text
    seats.end(appointment=appointment, reason="आपस में बदला", by=office, now=now)
    assert "मेरी नियुक्ति देखें" not in main(owner, application)


def test_after_the_deadline_the_page_says_how_to_have_something_corrected(owner, application, drive, clock):
    before = main(owner, application)
    clock.move_to(drive.closes_at)
    after = main(owner, application)

    assert ["कार्यालय से सुधार माँगें" in text for text in (before, after)] == [False, True]
    assert owner.get("/me/").status_code == 200


def test_who_was_not_selected_reads_from_when_the_next_drive_takes_applications(owner, application, places, now):
    type(application).objects.filter(pk=application.pk).update(status=Status.NOT_SELECTED)
    alone = main(owner, application)
    a_drive(places.alwar, now, slug="alwar", opens_at=now, closes_at=now + timedelta(days=9))
    elsewhere = main(owner, application)
    a_drive(places.sikar, now, slug="sikar", opens_at=now + timedelta(days=20), closes_at=now + timedelta(days=30))

    assert ["हर नए अभियान में फिर" in page for page in (alone, elsewhere)] == [True, True]
    assert "रविवार, 30 नवंबर 2025 से फिर आवेदन कर सकते हैं" in main(owner, application)


def test_the_place_of_the_interview_is_found_on_the_map(owner, application, drive, at_office):
    values = {"title_hi": drive.title_hi, "purpose_hi": drive.purpose_hi}
    assert (
        at_office.post(f"/office/drives/{drive.slug}/", values | {"interview_map": "javascript:x"}).status_code == 200
    )

    at_office.post(f"/office/drives/{drive.slug}/", values | {"interview_map": "https://maps.example/x?a=1&b=2"})

    assert 'href="https://maps.example/x?a=1&amp;b=2"' in main(owner, application)


def test_the_applicant_says_when_and_in_which_language_they_can_be_heard(owner, application):
    address = f"/a/{application.ref}/change/coming/"
    said = {"can_come": "yes", "come_from": "13:00", "come_until": "11:00", "speaks": ["mwr", "en"], "come_note": "बस"}

    refused = owner.post(address, said)
    owner.post(address, said | {"come_until": "16:30"})
    again = owner.get(address).content.decode()

    application.refresh_from_db()
    assert (refused.status_code, "अंत का समय शुरुआत के बाद का हो" in refused.content.decode()) == (422, True)
    assert (application.come_from, application.come_until) == (time(13), time(16, 30))
    assert (application.speaks, application.come_note) == (["mwr", "en"], "बस")
    assert ('value="16:30"' in again, again.count(" checked")) == (True, 3)
