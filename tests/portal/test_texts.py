"""The office writes its own words; two persons put them in force; the product's come back at a press."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from committees.levels import Role
from portal import holds, outbox, registered, specimens, texts, wording
from portal.models import Event, Hold, Notice, NoticeTemplate
from tests.factories.desk import Places, a_colleague
from tests.provider import sms_provider

TEMPLATE, HI = "result_waiting", "hi"
OURS = "((organisation)): ((ref)) – प्रतीक्षा सूची। ((url))"
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(now):
    state = Places(now).state
    return [a_colleague(state, Role.STATE_OFFICE, now, number) for number in (1, 2)]


def write(by, now, text=OURS, **more):
    words = texts.Written(subject="परिणाम", text=text, **more)
    return texts.write(template=TEMPLATE, language=HI, words=words, by=by, now=now)


def said(phone="+919829099999"):
    return wording.of(specimens.notice(TEMPLATE, HI, phone=phone)).text


def test_words_are_in_force_when_a_second_person_approved_them(office, now):
    before = said()
    row = write(office[0], now)

    with pytest.raises(texts.SamePerson):
        texts.approve(row=row, by=office[0], now=now)
    assert said() == before

    texts.approve(row=row, by=office[1], now=now)
    assert said().startswith("संगठन: K7Q2-9FXM – प्रतीक्षा सूची।")
    with pytest.raises(texts.NotWaiting):
        texts.approve(row=row, by=office[1], now=now)
    assert said().startswith("संगठन: K7Q2-9FXM – प्रतीक्षा सूची।")
    assert list(Event.objects.filter(kind="portal.noticetemplate").values_list("verb", flat=True).order_by("pk")) == [
        "wrote words of a notice",
        "approved words of a notice",
    ]


def test_the_database_too_wants_two_persons(office, now):
    row = write(office[0], now)

    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeTemplate.objects.filter(pk=row.pk).update(approved_by=office[0], approved_at=now)


def test_versions_follow_each_other_come_back_and_are_turned_off(office, now):
    first = write(office[0], now)
    texts.approve(row=first, by=office[1], now=now)
    dropped = write(office[1], now, text=f"क {OURS}")
    second = write(office[1], now, text=f"ख {OURS}")
    texts.approve(row=second, by=office[0], now=now + DAY)
    assert said().startswith("ख")

    again = texts.restore(row=first, by=office[0], now=now + DAY)
    texts.approve(row=again, by=office[1], now=now + 2 * DAY)
    assert said().startswith("संगठन")
    numbers = NoticeTemplate.objects.filter(ended_at__isnull=False).values_list("number", flat=True)
    assert sorted(numbers) == [first.number, dropped.number, second.number] == [1, 2, 3]

    texts.turn_off(template=TEMPLATE, language=HI, by=office[0], now=now + 3 * DAY)
    assert said() == specimens.filled(wording.catalogue()[TEMPLATE, HI], specimens.usual(TEMPLATE, HI)).text
    with pytest.raises(texts.NotWaiting):
        texts.turn_off(template=TEMPLATE, language=HI, by=office[0], now=now + 3 * DAY)


def test_on_trial_only_the_state_office_gets_them(office, now):
    in_force = write(office[0], now, text=f"क {OURS}")
    texts.approve(row=in_force, by=office[1], now=now)
    write(office[0], now, text=f"परख {OURS}", is_trial=True)

    assert said(office[1].phone).startswith("परख")
    assert said().startswith("क")

    texts.approve(row=NoticeTemplate.objects.get(is_trial=True), by=office[1], now=now)
    assert said().startswith("परख")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("((organisation)): ((phone)) ((url))", texts.StrayValues),
        ("((organisation)): देखें evil.com ((url))", texts.ForeignLink),
        ("((organisation)): देखें http://evil.xyz/((url))", texts.ForeignLink),
    ],
)
def test_words_that_could_not_be_sent_are_refused(office, now, text, refused):
    with pytest.raises(refused):
        write(office[0], now, text=text)

    assert not NoticeTemplate.objects.exists()


def test_words_that_are_not_the_registered_ones_are_not_approved(office, now):
    row = write(office[0], now, dlt_id="1107160000000012345", registered="{#var#}: {#var#} – सूची। {#var#}")

    with pytest.raises(texts.NotAsRegistered):
        texts.approve(row=row, by=office[1], now=now)

    same = "{#var#}{#var#}: {#var#} – प्रतीक्षा सूची। {#var#}{#var#}{#var#}"
    row = write(office[0], now, dlt_id="1107160000000012345", registered=same)
    texts.approve(row=row, by=office[1], now=now)
    assert wording.of_the_office()[TEMPLATE, HI].dlt_id == "1107160000000012345"


def test_the_register_is_compared_sign_for_sign():
    text = "((organisation)): ((a))((b)) है।"
    compared = {
        "{#var#}: {#var#}{#var#} है।": True,
        " {#alphanumeric#}: {#var#}{#var#}{#var#} है।\r\n": True,
        "{#var#}: {#var#} है।": False,  # two values want two variables
        "{#var#}: {#var#}{#var#} है.": False,
        "((organisation)): {#var#}{#var#} है।": False,
    }

    assert {theirs: registered.matches(text, theirs) for theirs in compared} == compared
    parted = [part for part in registered.side_by_side("((a)) आज है।", "{#var#} कल है।") if part.differs]
    assert parted == [("आज", "कल", True)]
    longest = {"organisation": "क" * 31, "a": "क" * 10, "b": "क" * 30}
    assert registered.too_long(text, "{#var#}: {#var#}{#var#} है।", longest) == ["organisation"]


def test_a_sample_goes_to_the_own_number_with_the_words_of_the_version(office, now, settings):
    row = write(office[0], now, dlt_id="77", registered="x")

    with sms_provider() as server:
        settings.CHANNELS = {"sms": "portal.channels.http.HttpSMS"}
        settings.SMS_HTTP_URL = server.url
        texts.send_to_myself(template=TEMPLATE, language=HI, version=row, by=office[0], now=now)
        outbox.send_due(now=now)

        assert [message["text"].partition(" – ")[2][:6] for message in server.messages] == ["प्रतीक्षा"[:6]]
    for _more in range(texts.SAMPLES - 1):
        now += timedelta(seconds=1)
        texts.send_to_myself(template=TEMPLATE, language=HI, by=office[0], now=now)
    with pytest.raises(texts.TooOften):
        texts.send_to_myself(template=TEMPLATE, language=HI, by=office[0], now=now)
    assert Notice.objects.filter(phone=office[0].phone).count() == texts.SAMPLES


def test_notices_are_held_once_with_a_reason_and_let_go(office, now):
    holds.hold(template=TEMPLATE, reason=" आपत्ति सुनी जा रही है ", by=office[0], now=now)

    with pytest.raises(holds.AlreadyHeld):
        holds.hold(template=TEMPLATE, reason="और", by=office[1], now=now)
    holds.let_go(template=TEMPLATE, by=office[1], now=now + DAY)
    with pytest.raises(holds.NotHeld):
        holds.let_go(template=TEMPLATE, by=office[1], now=now + DAY)
    with pytest.raises(holds.CannotHold):
        holds.hold(template="code", reason="x", by=office[0], now=now)
    row = Hold.objects.get()
    assert (row.reason, row.held_by, row.ended_by) == ("आपत्ति सुनी जा रही है", office[0], office[1])
