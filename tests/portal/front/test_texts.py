"""Screen 19: who gets in, what is shown, and that two persons are needed."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from committees.levels import Role
from portal import outbox, texts, wording
from portal.models import Notice, NoticeTemplate
from tests.factories.desk import Places, a_colleague

DOOR = "portal.accounts.backend.DoorBackend"
LIST, PAGE = "/admin/templates/", "/admin/templates/result_waiting/hi/"
GIVEN = {"subject": "परिणाम", "text": "((organisation)): ((ref)) – प्रतीक्षा सूची। ((url))"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(now):
    return Places(now)


@pytest.fixture
def office(places, now):
    """Two of the state office."""
    return [a_colleague(places.state, Role.STATE_OFFICE, now, number) for number in (1, 2)]


@pytest.fixture
def browsers(office):
    return [browser_of(user) for user in office]


def browser_of(user):
    browser = Client()
    browser.force_login(user, backend=DOOR)
    return browser


def words(page):
    return page.content.decode()


def test_one_writes_another_approves_and_the_old_words_come_back(browsers):
    first, second = browsers
    assert first.post(PAGE, GIVEN).status_code == 302
    row = NoticeTemplate.objects.get()

    alone = first.post(f"{PAGE}approve/", {"version": row.pk}, follow=True)
    assert "आपके लिखे को कोई दूसरा व्यक्ति स्वीकृत करे।" in words(alone)
    second.post(f"{PAGE}approve/", {"version": row.pk})
    assert wording.of_the_office()["result_waiting", "hi"].subject == "परिणाम"

    second.post(f"{PAGE}off/")
    assert wording.of_the_office() == {}
    assert "संस्करण 1" in words(first.get(PAGE))
    first.post(f"{PAGE}restore/", {"version": row.pk})
    assert [version.number for version in NoticeTemplate.objects.filter(ended_at=None)] == [2]
    first.post(f"{PAGE}drop/", {"version": NoticeTemplate.objects.get(number=2).pk})
    assert not NoticeTemplate.objects.filter(ended_at=None).exists()


def test_a_value_that_is_left_out_is_asked_about_once_more(browsers):
    short = GIVEN | {"text": "((organisation)): प्रतीक्षा सूची। ((url))"}

    asked = browsers[0].post(PAGE, short)

    assert "एक मान छूट रहा है" in words(asked)
    assert "((ref))" in words(asked)
    assert not NoticeTemplate.objects.exists()
    browsers[0].post(PAGE, short | {"sure": "1"})
    assert NoticeTemplate.objects.get().text == short["text"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": "((organisation)): ((phone)) ((url))"}, "इस सूचना में ((phone)) नहीं होता।"),
        ({"text": "((organisation)) evil.com ((url))"}, "शब्दों में कोई लिंक न लिखें"),
        ({"dlt_id": "1107160000000012345"}, "दोनों दें"),
        ({"dlt_id": "abc", "registered": "x"}, "DLT क्रमांक में केवल अंक"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(browsers, wrong, told):
    page = browsers[0].post(PAGE, GIVEN | wrong)

    assert told in words(page)
    assert not NoticeTemplate.objects.exists()


def test_the_preview_shows_phone_meter_and_register_and_keeps_nothing(browsers):
    given = GIVEN | {"dlt_id": "1107160000000012345", "registered": "{#var#}: {#var#} – सूची। {#var#}"}

    whole, part = browsers[0].post(PAGE, given | {"preview": ""}), browsers[0].post(f"{PAGE}preview/", given)

    for page in (whole, part):
        assert "संगठन: K7Q2-9FXM – प्रतीक्षा सूची। http://testserver/a/K7Q2-9FXM/" in words(page)
        assert "<mark>" in words(page)
        assert "भाग" in words(page)
    assert not NoticeTemplate.objects.exists()
    assert len(words(part)) < 4000


def test_a_sample_goes_to_the_own_number(browsers):
    browsers[0].post(f"{PAGE}sample/")

    assert Notice.objects.get().template == "result_waiting"


def test_all_texts_are_ready_for_the_register(browsers):
    answer = browsers[0].get(f"{LIST}words.csv")

    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))
    assert len(rows) == 2 + len(wording.catalogue())
    assert [row[4] for row in rows if row[:2] == ["code", "hi"]] == [
        "{#var#}: आपका कोड {#var#} है। यह 10 मिनट तक चलेगा। इसे किसी को न बताएँ।"
    ]


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_asks_the_same_however_much_there_is(browsers, office, now, more, django_assert_num_queries):
    for number in range(more):
        text = texts.Written("x", "((organisation)): ((url))")
        texts.write(template=["open", "receipt"][number], language="hi", words=text, by=office[0], now=now)
        outbox.queue([Notice(key=str(number), phone="+919829012345", template="open", due_at=timezone.now())])
    browsers[0].get(LIST)

    with django_assert_num_queries(9):
        browsers[0].get(LIST)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INCHARGE, Role.RECEPTION, Role.TRAINER])
def test_others_find_nothing(places, now, role):
    browser = browser_of(a_colleague(places.state, role, now, 5))

    asked = [browser.get(LIST), browser.get(PAGE), browser.post(f"{PAGE}off/"), browser.get(f"{LIST}words.csv")]

    assert {answer.status_code for answer in asked} == {404}


def test_an_administrator_gives_the_second_factor_first(places, now):
    browser = browser_of(a_colleague(places.state, Role.ADMIN, now, 6))

    assert browser.get(LIST).status_code == 302


def test_a_text_nobody_declared_is_no_page(browsers):
    unknown = ["/admin/templates/nothing/hi/", "/admin/templates/open/fr/", f"{PAGE}eat/"]

    assert [browsers[0].post(page).status_code for page in unknown] == [404, 404, 404]
