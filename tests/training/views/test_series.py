"""Series, batches and sessions, for those who plan."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.learning import make_class, make_series
from tests.factories.training import make_workshop, seat_members
from tests.training.views.test_office import form_of, queries
from training.domain import inviting, teaching
from training.models import Answer, Enrolment, Series, Workshop


def page(name, *args):
    return reverse(f"training:{name}", args=args)


def test_the_office_begins_with_the_three_usual_series(desk):
    before = desk.get(page("all-series")).content.decode()
    after = desk.post(page("usual-series"), follow=True).content.decode()

    assert "तीन सामान्य शृंखलाओं से शुरू करें" in before
    assert "3 शृंखलाएँ शुरू हुईं।" in after
    assert "तीन सामान्य शृंखलाओं से शुरू करें" not in after


def test_a_series_of_ones_own_is_begun_changed_and_ended(desk):
    filled = {"title_hi": "पॉडकास्ट", "subject": "other", "attendance_share": "60", "valid_months": "12"}
    made = desk.post(page("series-new"), filled)
    one = Series.objects.get()

    desk.post(page("series-edit", one.slug), filled | {"attendance_share": "80"})
    wrong = desk.post(page("series-edit", one.slug), filled | {"attendance_share": "101"})
    desk.post(page("series", one.slug), {"do": "end"})

    one.refresh_from_db()
    assert made.url == page("series", one.slug)
    assert (one.attendance_share, one.valid_months, one.ended_at is None) == (80, 12, False)
    assert wrong.status_code == 200
    assert "यह शृंखला अब नहीं सिखाई जाती।" in desk.get(page("series", one.slug)).content.decode()


def test_batches_are_proposed_looked_at_and_made(desk, sikar, now):
    series = make_series(now)
    seat_members(sikar, now, 6)
    address = f"{page('batches', series.slug)}?capacity=5&level=&absent_share=35"

    form = desk.get(address).context["form"]
    filled = {bound.html_name: bound.value() for bound in form}
    review = desk.post(address, filled | {"do": "review"}).content.decode()
    nothing_yet = Workshop.objects.count()
    desk.post(address, filled | {"do": "create"})

    assert ("“नए डिजिटल साधन” के 2 बैच" in review, nothing_yet) == (True, 0)
    made = Workshop.objects.order_by("starts_at")
    assert [(one.unit, one.series, one.capacity, one.absent_share) for one in made] == [(sikar, series, 5, 35)] * 2
    assert made[1].starts_at - made[0].starts_at == timedelta(days=7)
    assert {timezone.localtime(one.starts_at).weekday() for one in made} == {6}
    assert "कुछ बाकी नहीं" in desk.get(address).content.decode()


def test_a_batch_of_yesterday_and_no_batch_at_all_are_refused(desk, sikar, now):
    series = make_series(now)
    seat_members(sikar, now, 1)
    address = page("batches", series.slug)
    filled = {bound.html_name: bound.value() for bound in desk.get(address).context["form"]}

    late = desk.post(address, filled | {f"date-{sikar.pk}-0": "2020-01-01", "do": "create"}).content.decode()
    none = desk.post(address, filled | {f"take-{sikar.pk}-0": "", "do": "review"}).content.decode()

    assert "यह समय बीत चुका है, आगे का समय चुनें" in late
    assert "कम से कम एक बैच चुनें" in none
    assert not Workshop.objects.exists()


@pytest.mark.parametrize("name", ["all-series", "series", "batches"])
def test_pages_of_series_ask_the_database_as_often_for_one_as_for_three(desk, sikar, now, units, name):
    series = make_series(now)
    make_workshop(sikar, now, series=series)
    seat_members(sikar, now, 1)
    address = page(name, *([] if name == "all-series" else [series.slug]))
    queries(desk, address)
    one = queries(desk, address)
    teaching.begin_usual(by=None, now=now)
    for unit in ("SKR", "JPR"):
        make_workshop(units[unit], now, series=series)
        seat_members(units[unit], now, 2)

    assert queries(desk, address) == one
    assert one <= 16


def test_a_row_more_is_asked_for_without_a_script_and_two_sessions_are_planned(desk, sikar):
    more = desk.post(page("new"), form_of(sikar, rows="1", add="1"))
    sent = form_of(sikar, rows="2", ends="12:00", room="अ", session_title="पोस्टर")
    sent |= {"date_2": sent["date"], "begins_2": "13:00", "ends_2": "15:00", "room_2": "अ"}

    desk.post(page("new"), sent)

    shown = more.content.decode()
    assert ('name="date_2"' in shown, 'class="err-sum"' in shown) == (True, False)
    workshop = Workshop.objects.get()
    assert list(workshop.sessions.values_list("number", "title_hi", "room")) == [(1, "पोस्टर", "अ"), (2, "", "अ")]
    assert timezone.localtime(workshop.ends_at).strftime("%H:%M") == "15:00"


def test_sessions_of_one_room_do_not_overlap_and_half_a_row_is_said(desk, sikar):
    sent = form_of(sikar, rows="3")
    sent |= {"date_2": sent["date"], "begins_2": "11:00", "ends_2": "12:00", "date_3": sent["date"]}

    shown = desk.post(page("new"), sent).content.decode()

    assert "एक ही कमरे में एक ही समय पर दो सत्र नहीं हो सकते" in shown
    assert "समय लिखें" in shown
    assert not Workshop.objects.exists()


def test_a_row_that_is_emptied_goes(desk, sikar):
    sent = form_of(sikar, rows="2", ends="12:00")
    sent |= {"date_2": sent["date"], "begins_2": "13:00", "ends_2": "15:00"}
    desk.post(page("new"), sent)
    workshop = Workshop.objects.get()
    address = page("edit", workshop.slug)
    filled = {bound.html_name: bound.value() for bound in desk.get(address).context["form"]}
    filled = {name: value for name, value in filled.items() if value is not None}

    desk.post(address, filled | {"date_2": "", "begins_2": "", "ends_2": ""})

    workshop.refresh_from_db()
    assert workshop.sessions.count() == 1
    assert timezone.localtime(workshop.ends_at).strftime("%H:%M") == "12:00"


def test_another_date_is_chosen_on_the_own_page(client, sikar, now):
    series = make_series(now)
    _workshop, (enrolment,) = make_class(sikar, now, 1, series)
    other = make_workshop(sikar, now, series=series, starts_in=timedelta(days=30))
    address = page("rsvp", enrolment.link_key)

    moved = client.post(address, {"to": other.slug})
    wrong = client.post(moved.url, {"to": "no-such-batch"})

    new = other.enrolments.get()
    assert (moved.url, new.answer) == (page("rsvp", new.link_key), Answer.YES)
    assert wrong.status_code == 404
    assert "दर्ज हुआ: दूसरी तारीख" in client.get(address).content.decode()


def test_without_another_date_the_office_sees_who_waits_for_one(client, office, sikar, now):
    series = make_series(now)
    workshop, (enrolment,) = make_class(sikar, now, 1, series)

    client.post(page("rsvp", enrolment.link_key), {"coming": "other"})
    client.force_login(office)

    assert Enrolment.objects.get().answer == Answer.OTHER
    assert "1 व्यक्ति को दूसरी तारीख चाहिए" in client.get(page("series", series.slug)).content.decode()
    shown = client.get(page("workshop", workshop.slug), {"show": "other"}).content.decode()
    assert enrolment.person.name in shown


def test_what_else_is_at_that_time_is_said(client, sikar, now):
    series = make_series(now)
    workshop, (enrolment,) = make_class(sikar, now, 1, series, sessions=1)
    both = make_workshop(sikar, now, title_hi="दूसरी कार्यशाला")
    inviting.invite_new_members(now=now)
    inviting.answer(enrolment=both.enrolments.get(), coming=True, now=now)

    shown = client.get(page("rsvp", enrolment.link_key)).content.decode()

    assert "इसी समय आपका दूसरा काम भी है: दूसरी कार्यशाला" in shown
    assert f"इसी समय आपका दूसरा काम भी है: {workshop.title_hi}" not in shown
