"""Whatever is sent to a public form, the answer is a page of ours: never a 500."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from applications.models import Question
from applications.models.questions import QuestionKind
from applications.steps import ALWAYS, STEPS
from tests.factories.form import a_draft, handed_in, picture
from tests.often import often

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.postgres]  # which takes less than SQLite does

FIELDS = ["name", "phone", "on_whatsapp", "family", "unit", "place_note", "unlisted", "birth_year", "adult", "gender"]
FIELDS += ["social_group", "education", "since", "roles", "work", "link1", "link5", "no_links", "prompt", "writing"]
FIELDS += ["can_come", "serve_level", "no_photo", "consent", "wants_messages", "draft", "code", "why", "undo", "new"]
FIELDS += ["opened", "page", "ref"]
NASTY = [
    "",
    " ",
    "\x00",
    "on",
    "0",
    "-1",
    "9" * 40,
    "1e9",
    "²",
    "१९९५",
    "1995",
    "2008",
    "yes",
    "new",
    "M",
    "SC",
    "booth",
]
NASTY += ["9876500001", "+91 98765-00001", "०९८७६५००००१", "https://[", "http://x:99999999/", "@", "javascript:alert(1)"]
NASTY += ["<script>", "{{ 7 }}", "%(name)s", "' OR 1=1 --", "\u202e", "क़\u200d", "\ud7ff", "😀" * 70, "शब्द " * 151]
values = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
forms = st.dictionaries(st.sampled_from(FIELDS), st.lists(values, min_size=1, max_size=2), max_size=12)
queries = st.dictionaries(
    st.sampled_from(["far", "find", "pick", "to", "all", "new", "k", "q", "again", "page"]), values
)
uploads = st.one_of(st.none(), st.binary(max_size=40), st.just(picture()), st.just(picture()[:200]))


@pytest.fixture
def application(drive, places, now):
    return handed_in(drive, places.booth, now)


def survives(client, address, data, query):
    answers = [client.post(address, data, query_params=query), client.get(address, query_params=query)]
    return [
        answer.status_code for answer in answers if answer.status_code not in {200, 302, 400, 404, 405, 409, 422, 429}
    ]


@pytest.fixture
def kinds(drive):
    """A drive that asks one question of each kind, each open only after the first."""
    first = None
    for order, kind in enumerate(QuestionKind.values, start=1):
        options = "हाँ\nनहीं\nपता नहीं" if kind in {"choice", "several"} else ""
        details = {
            "options_hi": options,
            "least": 1 if kind in {"several", "text", "number"} else None,
        }
        condition = {"shown_when": first, "shown_value": 1} if first else {}
        asked = Question.objects.create(
            drive=drive,
            step="work",
            order=order,
            kind=kind,
            label_hi=f"{kind}?",
            is_needed=True,
            **details,
            **condition,
        )
        first = first or asked
    return list(drive.questions.order_by("order"))


@often(30)
@given(
    given=st.lists(st.one_of(values, st.sampled_from(["1", "2", "१"])), min_size=7, max_size=7),
    upload=st.one_of(st.none(), st.binary(max_size=60), st.binary(max_size=60).map(lambda rest: b"%PDF-1.4" + rest)),
    name=st.text(min_size=1, max_size=40).filter(lambda name: name.rpartition("/")[2] not in {"", ".", ".."}),
)
def test_no_kind_of_question_breaks(drive, places, now, kinds, given, upload, name):
    client = Client()
    client.post(f"/resume/?k={a_draft(drive, places.booth, now).key}", {"year": "1995"})
    data = {f"q{question.pk}": value for question, value in zip(kinds, given, strict=True)} | {"since": "new"}
    data[f"q{kinds[0].pk}"] = "1"
    data.pop(f"q{kinds[-1].pk}")
    if upload is not None:
        data[f"q{kinds[-1].pk}"] = SimpleUploadedFile(name, upload, "application/pdf")

    assert survives(client, f"/d/{drive.slug}/apply/work/", data, {}) == []


@pytest.mark.parametrize("page", ["office/applications/new/", "office/places/", *(f"step/{step}" for step in STEPS)])
@often(20)
@given(data=forms, query=queries)
def test_no_page_of_those_who_help_breaks(drive, office, page, data, query):
    client = Client()
    client.force_login(office, backend="portal.accounts.backend.DoorBackend")
    address = f"/{page}".replace("/step/", f"/office/applications/new/{drive.slug}/")

    assert survives(client, address if address.endswith("/") else f"{address}/", data, query) == []


@pytest.mark.parametrize("step", [*STEPS, "check"])
@often(25)
@given(data=forms, query=queries, upload=uploads)
def test_no_step_breaks(drive, places, now, step, data, query, upload):
    client = Client()
    client.post(f"/resume/?k={a_draft(drive, places.booth, now).key}", {"year": "1995"})
    if upload is not None:
        data = data | {"photo": SimpleUploadedFile("a.jpg", upload, "image/jpeg")}

    assert survives(client, f"/d/{drive.slug}/apply/{step}/", data, query) == []


@pytest.mark.parametrize("page", ["", "withdraw/", *(f"change/{step}/" for step in STEPS + ALWAYS)])
@often(15)
@given(data=forms, query=queries)
def test_no_page_of_an_application_breaks(application, page, data, query):
    client = Client()
    client.get(f"/a/{application.ref}/?k={application.link_key}")

    assert survives(client, f"/a/{application.ref}/{page}", data, query) == []


@pytest.mark.parametrize("address", ["/resume/", "/a/K7Q2-9FXM/", "/d/", "/d/pradesh-2025/", "/d/pradesh-2025/tell/"])
@often(25)
@given(data=forms, query=queries)
def test_no_page_for_strangers_breaks(drive, address, data, query):
    assert survives(Client(), address, data, query) == []


@often(30)
@given(code=st.text(min_size=1, max_size=12).filter(lambda text: "/" not in text and "?" not in text))
def test_no_code_and_no_number_breaks(drive, code):
    for address in (f"/q/{code}", f"/a/{code}/"):
        assert Client().get(address).status_code in {200, 302, 404}
