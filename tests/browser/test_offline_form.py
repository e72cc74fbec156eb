"""Nothing typed is lost: not to a dead server, not to a network that goes away, not to a phone that is lent."""

import re

import pytest
from django.utils import timezone

from applications.models import Application, Draft, StepText
from portal import names
from tests.factories.desk import Places, a_drive
from tests.factories.form import SAMPLE

WORDS = [
    "श्री प्रौद्योगिकी, दो-तीन काम। 12.5 किमी",
    "सुबह 10:30 से 1/2 दिन – ₹1,25,000 का काम",
    "देखें https://example.org/a?b=c और जन-जन",
    "क्\u200dष और 1️⃣ पहला 👍 'हाँ' don't -- अ-",
    "उठो।।जागो… 12.क 3.",
]
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('apply:'))"


@pytest.fixture
def world(live_server):
    now = timezone.now()
    places = Places(now)
    return places, a_drive(places.state, now)


def address(live_server, drive, step):
    return f"{live_server.url}/d/{drive.slug}/apply/{step}/"


def go_on(page, name="आगे बढ़ें"):
    page.get_by_role("button", name=name).click()


def name_typed(page, live_server, drive, name="सुनीता मीणा"):
    page.goto(address(live_server, drive, "name"), wait_until="load")
    page.get_by_label("पूरा नाम").fill(name)
    page.get_by_label("मोबाइल नंबर", exact=True).fill("9876500001")


def dead(page):
    page.route("**/*", lambda route: route.abort("connectionrefused"))


def begun(page, live_server, drive, *, then):
    """The first step is saved, and the page stands at another one."""
    name_typed(page, live_server, drive)
    go_on(page)
    page.wait_for_url("**/area/")
    page.goto(address(live_server, drive, then), wait_until="load")


def test_a_dead_server_loses_nothing_and_gets_it_once_when_it_is_back(page, live_server, world):
    _places, drive = world
    name_typed(page, live_server, drive)

    dead(page)
    go_on(page)
    page.wait_for_url(re.compile("chrome-error|/name/"))
    page.unroute_all()
    page.goto(address(live_server, drive, "name"), wait_until="load")

    assert page.get_by_label("पूरा नाम").input_value() == "सुनीता मीणा"
    assert not Draft.objects.exists()
    go_on(page)
    page.wait_for_url("**/area/")
    assert Draft.objects.get().answers["name"]["name"] == "सुनीता मीणा"
    page.wait_for_load_state("load")
    assert page.evaluate(KEPT) == []


def test_without_a_network_the_page_says_so_and_sends_by_itself_later(page, live_server, world, network):
    _places, drive = world
    name_typed(page, live_server, drive)

    network.lose()
    go_on(page)
    assert page.get_by_text("इंटरनेट नहीं – लिखा हुआ इस फ़ोन पर है").is_visible()
    assert not Draft.objects.exists()

    network.find()
    page.wait_for_url("**/area/")
    assert Draft.objects.count() == 1


def test_what_was_changed_and_not_sent_stands_over_what_the_server_has(page, live_server, world):
    _places, drive = world
    name_typed(page, live_server, drive)
    go_on(page)
    page.wait_for_url("**/area/")

    page.goto(address(live_server, drive, "name"), wait_until="load")
    page.get_by_label("पूरा नाम").fill("सुनीता देवी मीणा")
    page.reload(wait_until="load")

    assert page.get_by_label("पूरा नाम").input_value() == "सुनीता देवी मीणा"


def test_what_another_phone_saved_meanwhile_is_not_covered_by_old_words(page, live_server, world):
    _places, drive = world
    begun(page, live_server, drive, then="name")
    page.get_by_label("पूरा नाम").fill("आधा लिखा")
    draft = Draft.objects.get()
    draft.answers["name"]["name"] = "दूसरे फ़ोन से"
    draft.save()

    page.reload(wait_until="load")

    assert page.get_by_label("पूरा नाम").input_value() == "दूसरे फ़ोन से"


def test_on_somebody_elses_phone_nothing_stays(page, live_server, world):
    _places, drive = world
    name_typed(page, live_server, drive)
    page.get_by_text("यह किसी और का फ़ोन है").click()
    page.get_by_role("button", name=re.compile("लिखा हुआ न रखें")).click()
    page.get_by_label("पूरा नाम").fill("सुनीता")

    page.reload(wait_until="load")

    assert page.get_by_label("पूरा नाम").input_value() == ""
    assert page.evaluate(KEPT) == ["apply:shared"]


def test_leaving_somebody_elses_phone_clears_what_was_typed_even_when_the_server_is_away(page, live_server, world):
    _places, drive = world
    name_typed(page, live_server, drive)
    assert page.evaluate(KEPT) == [f"apply:{drive.slug}:name"]

    dead(page)
    page.get_by_text("यह किसी और का फ़ोन है").click()
    go_on(page, "सब हटाकर निकलें")
    page.wait_for_url(re.compile("chrome-error|/name/"))
    page.unroute_all()
    page.goto(address(live_server, drive, "name"), wait_until="load")

    assert page.evaluate(KEPT) == []
    assert page.get_by_label("पूरा नाम").input_value() == ""


def test_a_cut_after_each_step_loses_nothing_that_was_sent_and_one_application_comes_of_it(
    page, live_server, world, network
):
    places, drive = world
    steps = {
        "name": lambda: name_typed(page, live_server, drive),
        "about": lambda: page.get_by_label("जन्म वर्ष").fill("1995"),
        "work": lambda: page.get_by_label("2 से 5 साल").check(),
        "social": lambda: page.get_by_label("लिंक या @नाम 1").fill("instagram.com/sunita"),
        "writing": lambda: (
            page.locator("input[name=prompt]").first.check(),
            page.get_by_label(re.compile("50 से 150")).fill(SAMPLE),
        ),
        "photo": lambda: page.locator("input[name=can_come][value=yes]").check(),
    }
    for step, fill in steps.items():
        page.goto(address(live_server, drive, step), wait_until="load")
        fill()
        go_on(page)
        page.wait_for_url(lambda url, step=step: not url.endswith(f"/{step}/"))
        dead(page)
        page.goto("about:blank")
        page.unroute_all()
        assert step in Draft.objects.get().answers
    page.goto(address(live_server, drive, "area") + f"?pick={places.booth.code}", wait_until="load")
    page.locator("form button.sec.full").first.click()
    page.goto(address(live_server, drive, "check"), wait_until="load")
    page.get_by_label(re.compile("सहमति")).check()

    network.lose()
    go_on(page, "आवेदन जमा करें")
    network.find()

    page.get_by_role("heading", name="आवेदन जमा हो गया").wait_for()
    assert Application.objects.get().writing == SAMPLE


def test_nothing_of_a_child_stays_on_the_phone_either(page, live_server, world):
    _places, drive = world
    StepText.objects.create(drive=drive, step="about", is_on=False)
    name_typed(page, live_server, drive)
    page.get_by_label("जन्म वर्ष").fill("2015")

    go_on(page)
    page.get_by_role("heading", name="18 साल").wait_for()
    page.wait_for_load_state("load")

    assert page.evaluate(KEPT) == []


def test_the_phone_counts_words_as_the_server_does(page, live_server, world):
    _places, drive = world
    begun(page, live_server, drive, then="work")
    box = page.get_by_label(re.compile("आपके किए काम"))

    told = {}
    for text in WORDS:
        box.fill(text)
        told[text] = int(page.locator("output.cap").inner_text().split(" ")[0])

    assert told == {text: names.word_count(text) for text in WORDS}


def test_a_place_that_is_not_in_the_list_is_kept_for_a_dead_server_too(page, live_server, world):
    _places, drive = world
    name_typed(page, live_server, drive)
    go_on(page)
    page.wait_for_url("**/area/")
    page.locator("summary").first.click()
    page.get_by_label("आपके गाँव, वार्ड या बूथ का नाम").fill("ढाणी नई, पलसाना")

    dead(page)
    go_on(page, "इसी नाम से आगे बढ़ें")
    page.wait_for_url(re.compile("chrome-error|/area/"))
    page.unroute_all()
    page.goto(address(live_server, drive, "area"), wait_until="load")

    go_on(page, "इसी नाम से आगे बढ़ें")
    page.wait_for_url("**/about/")
    assert Draft.objects.get().answers["area"]["place_note"] == "ढाणी नई, पलसाना"
    page.wait_for_load_state("load")
    assert page.evaluate(KEPT) == []
