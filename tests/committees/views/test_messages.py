"""The pages of a message: written, approved, read by a link, passed on, counted, corrected, called back."""

import gzip
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from committees.domain.relaying import answering, approving, carrying, counting
from committees.models import Broadcast, Relay, Silence
from portal import outbox
from portal.models import Event, Notice
from tests.factories.committees import make_holder, make_user
from tests.factories.form import picture
from tests.factories.messages import LEVELS, TEXT, approved, carried, make_heads, written

HOUR = timedelta(hours=1)
PREVIEW = {"User-Agent": "WhatsApp/2.23.20.0"}
STATUS_QUERIES = 15
LIST_QUERIES = 12


@pytest.fixture
def office(units, clock, now):
    return make_user("state-office", units["RJ"], now, "अनिल जोशी")


@pytest.fixture
def second(units, now):
    return make_user("state-office", units["RJ"], now, "विमला शर्मा")


@pytest.fixture
def incharge(units, now):
    holder = make_holder("district-incharge", units["SKR"], now, accepted=True)
    return holder.person.user


def at_door(user):
    client = Client()
    client.force_login(user)
    return client


def sent(unit, now, **values):
    usual = {"unit": unit.pk, "text": TEXT, "audience": "public", "carriers": "heads", "levels": LEVELS}
    return {**usual, "valid_until": (now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"), **values}


def test_a_message_from_the_form_to_the_second_persons_yes(units, office, second, incharge, now):
    writer, other = at_door(office), at_door(second)
    heavy = SimpleUploadedFile("a.png", picture("PNG", size=(1600, 1200)), "image/png")

    page = writer.post("/m/new/", sent(units["RJ"], now, picture=heavy))
    assert page.url == "/m/1/"
    row = Broadcast.objects.get()
    assert (bytes(row.picture[:2]), len(row.picture) < 100 * 1024) == (b"\xff\xd8", True)
    shown = writer.get("/m/1/").content.decode()
    assert "सभी साथी <b>सुबह 10 बजे</b> अपने बूथ पर मिलें।" in shown
    assert ("approve" in shown, writer.get("/m/1/picture.jpg")["Content-Type"]) == (False, "image/jpeg")
    assert writer.post("/m/1/", {"do": "approve", "version": "1"}).status_code == 302
    writer.post("/m/1/change/", sent(units["RJ"], now, text="दूसरे शब्द", without_picture="on"))
    other.post("/m/1/", {"do": "approve", "version": "1"})
    assert Broadcast.objects.get().approved_by is None

    other.post("/m/1/", {"do": "approve", "version": "2"})

    row = Broadcast.objects.get()
    assert (row.approved_by, row.picture, writer.get("/m/1/change/").status_code) == (second, None, 404)
    told = ["wrote a message", "changed a message", "approved a message"]
    assert list(Event.objects.filter(kind="committees.broadcast").values_list("verb", flat=True).order_by("pk")) == told
    assert at_door(incharge).get("/m/1/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "क" * 701}, "text"),
        ({"levels": []}, "levels"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"valid_until": "2025-11-09T10:00"}, "valid_until"),
        ({"picture": SimpleUploadedFile("a.png", b"GIF89a", "image/png")}, "picture"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(units, office, now, wrong, field):
    page = at_door(office).post("/m/new/", sent(units["RJ"], now, **wrong))

    assert (page.status_code, list(page.context["form"].errors), Broadcast.objects.count()) == (422, [field], 0)


def test_an_in_charge_writes_to_the_own_district_and_the_state_office_approves(units, incharge, office, now):
    mine = at_door(incharge)
    assert mine.post("/m/new/", sent(units["RJ"], now)).status_code == 422
    assert mine.post("/m/new/", sent(units["AC036"], now, levels=["district"])).status_code == 422

    mine.post("/m/new/", sent(units["SKR"], now))
    at_door(office).post("/m/1/", {"do": "approve", "version": "1"})

    assert Broadcast.objects.get().approved_by == office
    assert [row.number for row in mine.get("/m/").context["rows"]] == [1]


@pytest.fixture
def out(units, office, second, now):
    """A message for the public that all have got, with who leads each unit."""
    heads = make_heads(units, now)
    broadcast = carried(units["RJ"], office, second, now, audience="public", wants_reply=True)
    return {code: Relay.objects.get(broadcast=broadcast, person=head.person) for code, head in heads.items()}


def test_who_got_it_reads_and_passes_on_in_two_taps_without_signing_in(out, units, clock):
    relay, phone = out["SKR"], Client()
    mine = f"/m/r/{relay.link_key}/"

    phone.get(mine, headers=PREVIEW)
    phone.head(mine)
    assert Relay.objects.get(pk=relay.pk).opened_at is None
    page = phone.get(mine)
    assert len(gzip.compress(page.content)) < 8 * 1024
    assert "अगले स्तर का 1 व्यक्ति: 0 ने पढ़ा" in page.content.decode()
    clock.shift(HOUR)
    assert phone.post(mine, {"do": "read"}).url == mine
    passed = phone.get(f"{mine}pass/")

    row = Relay.objects.get(pk=relay.pk)
    assert (row.acknowledged_at - row.opened_at, row.passed_on_at) == (HOUR, row.acknowledged_at)
    words = parse_qs(urlsplit(passed.url).query)["text"][0]
    assert (urlsplit(passed.url).netloc, words) == ("wa.me", f"{TEXT}\n\nhttp://testserver/c/{row.code}/")
    assert Client().get("/m/r/nobody/").status_code == 404


def test_who_stands_above_sees_names_without_numbers_reminds_and_replies(out, units, clock):
    relay, phone = out["SKR"], Client()
    mine = f"/m/r/{relay.link_key}/"
    below = out["AC036"].person

    page = phone.get(mine).content.decode()
    assert (below.name in page, below.phone[-4:] in page) == (True, False)
    clock.shift(HOUR)
    phone.post(mine, {"do": "remind"})
    phone.post(mine, {"do": "remind"})
    phone.post(mine, {"do": "reply", "reply": "हम 40 लोग आएँगे"})

    assert Notice.objects.filter(template="message_reminder", phone=below.phone).count() == 1
    assert Relay.objects.get(pk=relay.pk).reply == "हम 40 लोग आएँगे"
    assert "याद दिलाएँ" not in phone.get(mine).content.decode()


def test_the_public_copy_is_counted_without_robots_and_tells_of_corrections(out, units, office, second, now):
    relay, broadcast = out["AC036"], Broadcast.objects.get()
    copy = f"/c/{relay.code}/"
    for headers in ({}, {}, PREVIEW):
        page = Client().get(copy, headers=headers).content.decode()
    assert (Relay.objects.get(pk=relay.pk).clicks, "सुबह 10 बजे" in page, "og:title" in page) == (2, True, True)
    words = approving.correct(broadcast=broadcast, words="अब 11 बजे", by=office, now=now)
    at_door(second).post("/m/1/", {"do": "approve-words", "version": str(words.number)})

    page = Client().get(copy).content.decode()
    assert ("अब 11 बजे" in page, "संशोधित" in page, "सुबह 10 बजे" in page) == (True, True, False)
    at_door(second).post("/m/1/recall/", {"reason": "तिथि बदली"})

    for address in (copy, f"/m/r/{relay.link_key}/"):
        page = Client().get(address).content.decode()
        assert ("तिथि बदली" in page, "अब 11 बजे" in page) == (True, False)
    assert Client().get(f"/m/r/{relay.link_key}/pass/").url == f"/m/r/{relay.link_key}/"
    assert [Client().get(f"/c/{code}/").status_code for code in ("0", "K7Q29FXMK7")] == [404, 404]


def test_a_message_for_workers_shows_strangers_no_word_of_it(units, office, second, now):
    heads = make_heads(units, now)
    carried(units["RJ"], office, second, now)
    relay, own = (Relay.objects.get(person=heads[code].person) for code in ("SKR", "AC036"))

    stranger = Client().get(f"/c/{relay.code}/")
    worker = at_door(own.person.user).get(f"/c/{relay.code}/")

    assert (stranger.status_code, "बूथ बैठक" in stranger.content.decode()) == (200, False)
    assert worker.url == f"/m/r/{own.link_key}/"
    assert Client().get(f"/c/{relay.code}/picture.jpg").status_code == 404


def test_the_page_of_numbers_goes_down_to_names_and_into_a_file(out, units, office, incharge, now, clock):
    for code in ("RJ", "SKR", "AC036-A"):
        answering.acknowledge(relay=out[code], now=now)
    counting.count_due(now=now)
    page = at_door(office).get("/m/1/status/")

    assert (page.context["whole"].told, page.context["whole"].acknowledged) == (6, 3)
    assert [(row.unit.code, row.told, row.acknowledged) for row in page.context["rows"]] == [("SKR", 5, 2)]
    assert [unit.code for unit in page.context["untold"]] == ["JPR"]
    mine = at_door(incharge)
    assert [row.number for row in mine.get("/m/").context["above"]] == [1]
    assert mine.get("/m/1/status/").context["unit"] == units["SKR"]
    assert mine.get("/m/1/status/?unit=jaipur").status_code == 404
    mandal = mine.get("/m/1/status/", {"unit": units["AC036-A-M1"].path})
    assert [(row.unit.code, row.told, row.acknowledged) for row in mandal.context["rows"]] == [("AC036-P112", 1, 0)]
    assert out["AC036-A-M1"].person.name in mandal.content.decode()
    file = mine.post("/m/1/status/file", {"unit": "sikar"})
    assert (file.status_code, file.content[:2]) == (200, b"PK")


def test_the_page_of_numbers_tells_of_newcomers_and_until_when_they_get_it(units, office, second, now, clock):
    make_heads(units, now, "AC036")
    carried(units["RJ"], office, second, now)
    alone = at_door(office).get("/m/1/status/").text
    make_holder("assembly-president", units["AC036"], now, accepted=True)
    carrying.carry(now=now + timedelta(minutes=1))
    joined = at_door(office).get("/m/1/status/").text
    clock.move_to(now + timedelta(days=4))

    growing = "तक जो लोग ऐसे पद स्वीकार करेंगे"
    later = "यह संदेश 1 व्यक्ति को बाद में, पद स्वीकार करने पर मिला"
    assert [growing in alone, later in alone] == [True, False]
    assert [growing in joined, later in joined] == [True, True]
    assert [line in at_door(office).get("/m/1/status/").text for line in (growing, later)] == [False, True]


@pytest.mark.parametrize("more", [0, 1])
def test_the_page_of_numbers_asks_a_fixed_number_of_times(units, office, second, now, django_assert_num_queries, more):
    make_heads(units, now)
    if more:
        for code in ("AC034", "AC046"):
            make_holder("assembly-president", units[code], now, accepted=True)
    carried(units["RJ"], office, second, now)
    counting.count_due(now=now)
    client = at_door(office)

    with django_assert_num_queries(STATUS_QUERIES):
        client.get("/m/1/status/?unit=sikar")


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_a_fixed_number_of_times(units, office, second, now, django_assert_num_queries, many):
    for _each in range(many):
        approved(units["RJ"], office, second, now)
        written(units["SKR"], office, now)
    client = at_door(office)

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/m/")


def test_a_silence_holds_at_once_and_ends_early_by_one_person(units, office, second, incharge, now):
    make_heads(units, now)
    approved(units["RJ"], office, second, now)
    times = {"starts_at": "2025-11-10T09:00", "ends_at": "2025-11-12T09:00"}
    client = at_door(office)

    client.post("/m/silences/", {"unit": units["RJ"].pk, "reason": "मतदान", **times})
    assert carrying.carry(now=now) == 0
    [silence] = Silence.objects.all()
    assert client.post(f"/m/silences/{silence.pk}/end/").url == "/m/silences/"

    assert carrying.carry(now=now) == 7
    assert (Silence.objects.get().ended_by, at_door(incharge).get("/m/silences/").status_code) == (office, 404)
    wrong = client.post("/m/silences/", {"unit": units["RJ"].pk, "reason": "x", **times, "ends_at": times["starts_at"]})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["ends_at"])


def test_the_in_charge_finds_at_home_who_has_not_read_and_where_it_stopped(units, office, second, incharge, now, clock):
    make_heads(units, now, "SKR", "AC036")
    carried(units["RJ"], office, second, now)
    counting.count_due(now=now)
    clock.shift(7 * HOUR)

    page = at_door(incharge).get("/my/")

    texts = [step.text for step in page.context["steps"]]
    assert texts[0] == "संदेश 1: 4 ने नहीं पढ़ा"
    assert texts[1] == "जिला सीकर: जिला अध्यक्ष खाली: संदेश 1 यहाँ रुका"
    assert page.context["steps"][0].url == "/m/1/status/?unit=sikar"
    assert f"/m/r/{Relay.objects.get(person=incharge.person).link_key}/" in page.content.decode()


def test_the_way_out_stands_on_the_page(out, units):
    relay = out["SKR"]
    notice = Notice.objects.get(template="message", phone=relay.person.phone)

    assert outbox.stop_link(notice) in Client().get(f"/m/r/{relay.link_key}/").content.decode()
