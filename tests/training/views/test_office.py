"""Planning and looking, for those who may."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.models import Notice
from tests.factories.committees import make_holder, make_person, make_user
from tests.factories.learning import make_series
from tests.factories.training import make_invited, make_workshop, mark, seat_members
from training.domain import inviting
from training.models import Enrolment, Workshop


def form_of(place, **changes):
    """A filled form of a workshop ten days ahead."""
    day = timezone.localdate() + timedelta(days=10)
    filled = {
        "title_hi": "डिजिटल रणनीति",
        "title_en": "Digital strategy",
        "unit": place.pk,
        "level": "",
        "date": day.isoformat(),
        "begins": "10:00",
        "ends": "16:00",
        "place_hi": "टाउन हॉल, सीकर",
        "capacity": "40",
        "invites_from": timezone.localdate().isoformat(),
    }
    return filled | changes


def test_a_workshop_is_planned_and_people_are_invited(desk, sikar, now):
    seat_members(sikar, now, 2)

    answer = desk.post(reverse("training:new"), form_of(sikar))

    workshop = Workshop.objects.get()
    assert answer.url == reverse("training:workshop", args=[workshop.slug])
    assert timezone.localtime(workshop.starts_at).strftime("%H:%M") == "10:00"
    assert inviting.invite_new_members(now=timezone.now())["invited"] == 2


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title_hi": ""}, "विषय लिखें"),
        ({"unit": ""}, "किनके लिए है, यह चुनें"),
        ({"date": ""}, "तारीख चुनें"),
        ({"date": "2020-01-01"}, "यह समय बीत चुका है, आगे का समय चुनें"),
        ({"begins": "25:00"}, "समय 10:00 की तरह लिखें"),
        ({"ends": "09:00"}, "समाप्ति का समय शुरू होने के बाद का हो"),
        ({"place_hi": ""}, "स्थान लिखें"),
        ({"capacity": "0"}, "कम से कम एक सीट हो"),
        ({"trainer_name": "अनिता शर्मा"}, "नए प्रशिक्षक का नाम और मोबाइल नंबर, दोनों लिखें"),
        ({"trainer_phone": "98290", "trainer_name": "अनिता"}, "मोबाइल नंबर 10 अंकों का होना चाहिए"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_is_missing_is_said_in_words_and_nothing_is_planned(desk, sikar, changes, error):
    page = desk.post(reverse("training:new"), form_of(sikar, **changes))

    assert error in page.content.decode()
    assert not Workshop.objects.exists()


def test_a_trainers_number_of_another_name_is_said_at_the_field(desk, sikar, now):
    make_person(now, "रमेश चौधरी", phone="9829077777")

    page = desk.post(reverse("training:new"), form_of(sikar, trainer_name="अनिता", trainer_phone="9829077777"))

    assert "यह नंबर किसी और नाम से दर्ज है" in page.content.decode()
    assert not Workshop.objects.exists()


def test_a_change_of_place_is_told(desk, sikar, now):
    workshop, _people = make_invited(sikar, now, 1)
    filled = form_of(sikar, place_hi="जिला कार्यालय, सीकर")

    desk.post(reverse("training:edit", args=[workshop.slug]), filled)

    workshop.refresh_from_db()
    assert workshop.place_hi == "जिला कार्यालय, सीकर"
    assert Notice.objects.filter(template="workshop_changed").count() == 1


def test_how_many_are_expected_to_be_silent_is_asked_for_a_batch_alone(desk, sikar, now):
    series = make_series(now)
    desk.post(reverse("training:new"), form_of(sikar, series=series.pk, absent_share="35"))
    batch = Workshop.objects.get()
    edit = reverse("training:edit", args=[batch.slug])
    alone = reverse("training:edit", args=[make_workshop(sikar, now).slug])

    shown = 'name="absent_share"' in desk.get(alone).text, desk.get(edit).context["form"].initial["absent_share"]
    too_many = desk.post(edit, form_of(sikar, absent_share="61"))
    desk.post(edit, form_of(sikar, absent_share=""))
    kept = Workshop.objects.get(pk=batch.pk).absent_share
    desk.post(edit, form_of(sikar, absent_share="0"))

    assert (shown, list(too_many.context["form"].errors), kept) == ((False, 35), ["absent_share"], 35)
    assert Workshop.objects.get(pk=batch.pk).absent_share == 0
    assert "<dd>0%</dd>" in desk.get(reverse("training:workshop", args=[batch.slug])).text


def test_fewer_seats_than_taken_is_said_at_the_field(desk, sikar, now):
    workshop, people = make_invited(sikar, now, 2, capacity=5)
    for enrolment in people:
        inviting.answer(enrolment=enrolment, coming=True, now=now)

    page = desk.post(reverse("training:edit", args=[workshop.slug]), form_of(sikar, capacity="1"))

    assert "2 सीटें भर चुकी हैं" in page.content.decode()


def test_cancelling_asks_first(desk, sikar, now):
    workshop, _people = make_invited(sikar, now, 1)
    address = reverse("training:cancel", args=[workshop.slug])

    asked = desk.get(address)
    before = Workshop.objects.get().cancelled_at
    desk.post(address)

    assert "1 व्यक्ति को SMS जाएगा" in asked.content.decode()
    assert before is None
    assert Workshop.objects.get().cancelled_at is not None


def test_certificates_wait_for_the_end(desk, sikar, now, office):
    workshop, (enrolment,) = make_invited(sikar, now, 1, starts_in=timedelta(hours=1))
    mark(enrolment, now, office)
    address = reverse("training:certify", args=[workshop.slug])

    early = desk.post(address, follow=True).content.decode()
    with time_machine.travel(workshop.ends_at):
        desk.force_login(office)
        late = desk.post(address, follow=True).content.decode()

    assert "प्रमाण पत्र कार्यशाला पूरी होने के बाद जारी होंगे" in early
    assert "1 प्रमाण पत्र जारी हुआ।" in late
    assert Enrolment.objects.get().certificate is not None


PLACES = {"workshops": lambda slug: [], "marks": lambda slug: [slug, 1], "sheet-entry": lambda slug: [slug, 1]}


def queries(client, page):
    """How often this page asks the database."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["workshops", "workshop", "marks", "sheet", "sheet-entry", "badges"])
def test_lists_ask_the_database_as_often_for_one_as_for_three(desk, sikar, now, name):
    workshop, (first,) = make_invited(sikar, now, 1)
    inviting.answer(enrolment=first, coming=True, now=now)
    page = reverse(f"training:{name}", args=PLACES.get(name, lambda slug: [slug])(workshop.slug))
    queries(desk, page)  # what is remembered from now on is no longer asked
    one = queries(desk, page)
    seat_members(sikar, now, 2)
    make_workshop(sikar, now)
    make_workshop(sikar, now)
    inviting.invite_new_members(now=now)
    for enrolment in workshop.enrolments.select_related("workshop", "person"):
        inviting.answer(enrolment=enrolment, coming=True, now=now)

    assert queries(desk, page) == one
    assert one <= 20


def test_search_finds_by_name_and_by_the_end_of_the_number(desk, sikar, now):
    make_holder("district-secretary", sikar, now, make_person(now, "भँवरलाल सैनी", phone="9829055501"))
    workshop, _people = make_invited(sikar, now, 1)
    address = reverse("training:workshop", args=[workshop.slug])

    by_name = desk.get(address, {"q": "भँवर"}).content.decode()
    by_number = desk.get(address, {"q": "55501"}).content.decode()
    nobody = desk.get(address, {"q": "कोई नहीं"}).content.decode()

    assert [text.count("भँवरलाल सैनी") for text in (by_name, by_number, nobody)] == [1, 1, 0]


def test_whoever_only_teaches_marks_but_does_not_manage(client, sikar, now):
    teacher = make_person(now, "अनिता शर्मा")
    mine, _people = make_invited(sikar, now, 1, trainers=[teacher])
    other = make_workshop(sikar, now)
    client.force_login(teacher.user)

    seen = {
        name: client.get(reverse(f"training:{name}", args=[mine.slug])).status_code
        for name in ("workshop", "attendance", "sheet", "edit", "cancel")
    }

    assert seen == {"workshop": 200, "attendance": 302, "sheet": 200, "edit": 404, "cancel": 404}
    assert client.get(reverse("training:workshop", args=[other.slug])).status_code == 404
    assert client.get(reverse("training:new")).status_code == 404
    assert client.post(reverse("training:certify", args=[mine.slug])).status_code == 404


def test_a_convener_sees_only_the_own_invitations(client, sikar, now):
    user = make_user("district-president", sikar, now)
    workshop, _people = make_invited(sikar, now, 1)
    client.force_login(user)

    answer = client.get(reverse("training:workshops"))

    assert answer.url == reverse("training:mine")
    assert client.get(reverse("training:workshop", args=[workshop.slug])).status_code == 404
    assert workshop.title_hi in client.get(answer.url).content.decode()
