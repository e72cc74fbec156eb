"""Steps that a drive leaves out or words anew, and questions of its own: from the settings to the desk."""

import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications.models import Application, Attachment, Draft, Question, StepText
from tests.applications.views.test_apply import ABOUT, NAME, WORK, address, fill, submit
from tests.factories.form import picture

pytestmark = pytest.mark.usefixtures("clock")

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def questions(drive):
    """A choice, what it opens, and one of each other kind."""

    def ask(order, kind, label, **details):
        return Question.objects.create(
            drive=drive, step="work", order=order, kind=kind, label_hi=label, is_needed=kind == "choice", **details
        )

    options = "हाँ\nनहीं"
    made = {"choice": ask(1, "choice", "क्या आप पहले पदाधिकारी रहे?", options_hi=options)}
    made["line"] = ask(2, "line", "कौन सा पद?", shown_when=made["choice"], shown_value=1)
    Question.objects.filter(pk=made["line"].pk).update(is_needed=True)
    made["several"] = ask(3, "several", "भाषाएँ", options_hi="हिन्दी\nमारवाड़ी\nउर्दू", most=2)
    made["text"] = ask(4, "text", "क्यों?", least=2, most=5)
    made["number"] = ask(5, "number", "कितने समूह?", most=50)
    made["link"] = ask(6, "link", "आपकी पोस्ट")
    made["file"] = ask(7, "file", "प्रमाण पत्र", most=1)
    return {kind: question.pk for kind, question in made.items()}


def sent(questions, **answers):
    return WORK | {f"q{questions[kind]}": value for kind, value in answers.items()}


def saved(draft_or_application):
    draft_or_application.refresh_from_db()
    if isinstance(draft_or_application, Application):
        return draft_or_application.extra
    return draft_or_application.answers["work"]["extra"]


def paper(content=PDF, name="मार्कशीट.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def test_a_step_left_out_is_not_asked_not_counted_and_not_needed(client, drive, places):
    StepText.objects.create(drive=drive, step="social", is_on=False)
    StepText.objects.create(drive=drive, step="work", title_hi="आपका काम", lead_hi="सच-सच लिखें")

    assert fill(client, drive, places, until="work")["Location"] == address(drive, "work")
    work = client.get(address(drive, "work")).content.decode()
    onward = client.post(address(drive, "work"), WORK)["Location"]
    client.post(address(drive, "writing"), {"prompt": drive.prompts.first().pk, "writing": "पानी " * 60})
    client.post(address(drive, "photo"), {"can_come": "yes"})
    page = client.get(address(drive, "check")).content.decode()

    assert "चरण 4 / 6" in work
    assert "<h1>आपका काम</h1>" in work
    assert "सच-सच लिखें" in work
    assert onward == address(drive, "writing")
    assert client.get(address(drive, "social")).status_code == 404
    assert "सोशल मीडिया</h2>" not in page
    assert submit(client, drive).status_code == 302
    assert Application.objects.get().links == []


def test_the_year_of_birth_is_asked_with_the_name_where_the_step_about_the_person_is_off(client, drive, places):
    StepText.objects.create(drive=drive, step="about", is_on=False)

    without = client.post(address(drive, "name"), NAME)
    young = client.post(address(drive, "name"), NAME | {"birth_year": "2010"})
    nothing = Draft.objects.count()
    client.post(address(drive, "name"), NAME | {"birth_year": "१९९५"})

    assert without.status_code == 422
    assert "18 साल" in young.content.decode() or "18 वर्ष" in young.content.decode()
    assert nothing == 0
    assert Draft.objects.get().answers["name"]["birth_year"] == 1995
    assert fill(client, drive, places, name=NAME | {"birth_year": "1995"}, about={}).status_code == 302
    submit(client, drive)
    assert Application.objects.get().birth_year == 1995


def test_every_kind_of_answer_goes_from_the_form_to_the_office(client, drive, places, questions, office):
    work = sent(questions, choice="1", line="बूथ अध्यक्ष", several=["1", "3"], text="क्योंकि यह ज़रूरी है", number="१२")
    work |= sent(questions, link="insta @sunita", file=paper())

    assert fill(client, drive, places, work=work)["Location"] == address(drive, "check")
    page = client.get(address(drive, "check")).content.decode()
    submit(client, drive)

    application = Application.objects.get()
    file = Attachment.objects.get()
    assert {questions[kind]: application.extra[str(questions[kind])] for kind in questions if kind != "link"} == {
        questions["choice"]: 1,
        questions["line"]: "बूथ अध्यक्ष",
        questions["several"]: [1, 3],
        questions["text"]: "क्योंकि यह ज़रूरी है",
        questions["number"]: 12,
        questions["file"]: {"file": file.pk, "name": "मार्कशीट.pdf"},
    }
    assert (file.application, file.draft) == (application, None)
    assert "बूथ अध्यक्ष" in page
    assert "हिन्दी\nउर्दू" in page
    assert "मार्कशीट.pdf" in page
    desk = Client()
    desk.force_login(office, backend="portal.accounts.backend.DoorBackend")
    seen = desk.get(f"/office/applications/{application.ref}/").content.decode()
    assert "क्या आप पहले पदाधिकारी रहे?" in seen
    assert "मार्कशीट.pdf" in seen


def test_a_question_whose_condition_does_not_hold_is_neither_needed_nor_kept(client, drive, places, questions):
    fill(client, drive, places, until="work")

    asked = client.post(address(drive, "work"), sent(questions, choice="1"))
    not_asked = client.post(address(drive, "work"), sent(questions, choice="2", line="x" * 900))

    assert asked.status_code == 422
    assert "इस प्रश्न का उत्तर दें: कौन सा पद?" in asked.content.decode()
    assert not_asked.status_code == 302
    assert saved(Draft.objects.get())[str(questions["line"])] is None
    page = client.get(address(drive, "work")).content.decode()
    assert "केवल तब, जब" in page
    assert f'data-when="q{questions["choice"]}" data-is="1"' in page


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("choice", "3", "उत्तरों में से"),
        ("several", ["1", "2", "3"], "1 से 2 उत्तर चुनें"),
        ("text", "एक", "2 से 5 शब्द लिखें; अभी 1 हैं"),
        ("number", "51", "0 से 50 तक"),
        ("link", "यह लिंक नहीं है भाई", "@ लगाकर अपना नाम"),
    ],
)
def test_a_wrong_answer_is_told_in_words(client, drive, places, questions, kind, value, told):
    fill(client, drive, places, until="work")

    answer = client.post(address(drive, "work"), sent(questions, choice="2") | sent(questions, **{kind: value}))

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_needed_question_that_came_later_is_still_missing_at_the_end(client, drive, places):
    fill(client, drive, places)
    Question.objects.create(drive=drive, step="work", order=1, kind="line", label_hi="पिता का नाम?", is_needed=True)

    answer = submit(client, drive)

    assert answer.status_code == 422
    assert Application.objects.count() == 0


def with_packed(objects, form=b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"):
    """The PDF with objects that nobody sees who does not unpack them."""
    return PDF.replace(b"%%EOF", b"9 0 obj<<" + form + b">>stream\n" + objects + b"\nendstream endobj\n%%EOF")


ATTACKS = {
    "a page": (b"<script>alert(1)</script>", "a.pdf"),
    "a page named as a picture": (b"<svg onload=alert(1)>", "a.svg"),
    "a zip after the end of a PDF": (PDF + b"PK\x03\x04rest", "a.pdf"),
    "a PDF cut off": (PDF[:-8], "a.pdf"),
    "a PDF with a script": (PDF.replace(b"<<>>endobj", b"<</S /JavaScript>>endobj"), "a.pdf"),
    "a PDF with a script by numbers": (PDF.replace(b"<<>>endobj", b"<</S /J#61va#53cript>>endobj"), "a.pdf"),
    "a PDF with a packed script": (with_packed(zlib.compress(b"8 0 <</S /JavaScript>>")), "a.pdf"),
    "a PDF with a packed bomb": (with_packed(zlib.compress(bytes(30_000_000), 9)), "a.pdf"),
    "a PDF packed so that nobody can look": (with_packed(b"no zlib"), "a.pdf"),
    "a PDF with a form that computes": (PDF.replace(b"<<>>endobj", b"<</XFA 5 0 R>>endobj"), "a.pdf"),
    "a PDF with a launcher": (PDF.replace(b"<<>>endobj", b"<</S /Launch>>endobj"), "a.pdf"),
    "a picture cut off": (picture()[:200], "a.jpg"),
    "nothing": (b"", "a.pdf"),
    "a GIF": (b"GIF89a" + b"\x00" * 40, "a.gif"),
    "too heavy": (PDF[:-7] + b" " * 1_100_000 + b"%%EOF", "a.pdf"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_file_is_known_by_its_content(client, drive, places, questions, attack):
    content, name = ATTACKS[attack]
    fill(client, drive, places, until="work")

    answer = client.post(address(drive, "work"), sent(questions, choice="2", file=paper(content, name)))

    assert answer.status_code == 422
    assert Attachment.objects.count() == 0
    assert "फ़ाइल" in answer.content.decode()


def test_a_pdf_as_office_programs_pack_it_is_taken(client, drive, places, questions):
    """Its objects are packed too, and what is written on a page may be the word JavaScript."""
    packed = with_packed(zlib.compress(b"8 0 <</Type/Font>>"))
    written = packed.replace(
        b"%%EOF", b"7 0 obj<<>>stream\n" + zlib.compress(b"(HTML/JavaScript) Tj") + b"\nendstream\n%%EOF"
    )
    fill(client, drive, places, until="work")

    client.post(address(drive, "work"), sent(questions, choice="2", file=paper(written, "a.pdf")))

    assert bytes(Attachment.objects.get().content) == written


def test_a_picture_is_made_anew_and_nothing_of_the_old_file_stays(client, drive, places, questions):
    fill(client, drive, places, until="work")
    polyglot = picture() + b"PK\x03\x04 hidden"

    client.post(address(drive, "work"), sent(questions, choice="2", file=paper(polyglot, "../../etc/a b.jpg.exe")))

    file = Attachment.objects.get()
    assert (file.media_type, file.name) == ("image/webp", "a b.jpg.webp")
    assert b"hidden" not in bytes(file.content)


def test_a_file_stays_when_the_step_is_saved_again_and_goes_when_it_is_taken_off(client, drive, places, questions):
    fill(client, drive, places, until="work", work={})
    client.post(address(drive, "work"), sent(questions, choice="2", file=paper()))
    client.post(address(drive, "work"), sent(questions, choice="2"))
    kept = Attachment.objects.count()

    client.post(address(drive, "work"), sent(questions, choice="2") | {f"q{questions['file']}off": "on"})

    assert kept == 1
    assert Attachment.objects.count() == 0
    assert str(questions["file"]) not in saved(Draft.objects.get())


def test_the_gate_gives_a_file_to_its_owner_and_the_office_alone_and_only_to_be_saved(
    client, drive, places, questions, office
):
    fill(client, drive, places, work=sent(questions, choice="2", file=paper()))
    gate = f"/file/{Attachment.objects.get().pk}/"
    own_draft, desk = client.get(gate), Client()
    desk.force_login(office, backend="portal.accounts.backend.DoorBackend")
    draft_for_the_office = desk.get(gate)
    submit(client, drive)

    answer = desk.get(gate)

    assert own_draft.status_code == 200
    assert draft_for_the_office.status_code == 404
    assert Client().get(gate).status_code == 404
    assert client.get(gate).content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_own_answers_can_be_changed_and_the_other_steps_keep_theirs(client, drive, places, questions):
    other = Question.objects.create(drive=drive, step="about", order=9, kind="line", label_hi="गाँव का नाम")
    about = ABOUT | {f"q{other.pk}": "पलसाना"}
    fill(client, drive, places, about=about, work=sent(questions, choice="1", line="सचिव", file=paper()))
    submit(client, drive)
    application = Application.objects.get()

    client.post(f"/a/{application.ref}/change/work/", sent(questions, choice="2", number="4"))

    assert saved(application) == {
        str(other.pk): "पलसाना",
        str(questions["choice"]): 2,
        str(questions["number"]): 4,
        str(questions["file"]): {"file": Attachment.objects.get().pk, "name": "मार्कशीट.pdf"},
    }


def test_the_panel_sees_only_what_the_question_allows(client, drive, places, questions):
    Question.objects.filter(pk=questions["line"]).update(is_for_panel=False)
    fill(client, drive, places, work=sent(questions, choice="1", line="गोपनीय पद", number="7"))
    submit(client, drive)

    rows = Application.objects.get().answers_for_panel

    assert [row.label for row in rows if row.value] == ["क्या आप पहले पदाधिकारी रहे?", "कितने समूह?"]
