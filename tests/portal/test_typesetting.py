"""Letters and certificates, read back: their words, their code, their one page."""

import io
import re
import time

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ByteStringObject, ContentStream, TextStringObject

from portal import qr, typesetting
from portal.brand import colours
from portal.typesetting import TypesettingError

URL = "https://srijan.example.org/v/9M4T-X2PA-6C"
LONG_NAME = "महाराजकुमारी राजराजेश्वरी पद्मावती देवी कृष्णकान्त सिंह राठौड़"
COMMON = {
    "language": "hi",
    "organisation": "प्रदेश सोशल मीडिया विभाग",
    "brand": colours("#1d3557")._asdict(),
    "issuer_name": "सुनीता मीणा",
    "issuer_post": "प्रदेश संयोजक",
    "url": URL,
    "code": "9M4T-X2PA-6C",
    "qr": qr.svg(URL),
}
LETTER = COMMON | {
    "number": "रा/सोमी/2025/0147",
    "date": "रविवार, 30 नवंबर 2025",
    "holder": "रामेश्वर लाल चौधरी",
    "title": "जिला प्रभारी",
    "place": "जिला सीकर",
    "chain": ["राजस्थान"],
    "term_from": "1 दिसंबर 2025",
    "term_until": "30 नवंबर 2027",
    "reports_to": "सुनीता मीणा (प्रदेश संयोजक)",
}
CERTIFICATE = COMMON | {
    "holder": "कविता शर्मा",
    "title": "सोशल मीडिया के नए साधन और डिजिटल रणनीति",
    "dates": "6–7 दिसंबर 2025",
    "place": "प्रदेश कार्यालय, जयपुर",
    "trainer": "अनिल जोशी",
}
FULL_LETTER = LETTER | {
    "organisation": "राजस्थान प्रदेश सोशल मीडिया और डिजिटल संवाद विभाग, प्रदेश कार्यालय जयपुर",
    "contact": "प्रदेश कार्यालय, जयपुर 302001",
    "honorific": "सुश्री",
    "holder": LONG_NAME,
    "address": ["ग्राम पलसाना, तहसील दांतारामगढ़", "जिला सीकर 332402"],
    "place": "बूथ 214 – राजकीय उच्च माध्यमिक विद्यालय, दक्षिणी भाग, कमरा 3, दांतारामगढ़",
    "chain": ["मंडल पलसाना ग्रामीण उत्तर", "ब्लॉक दांतारामगढ़", "विधानसभा 34 दांतारामगढ़", "जिला सीकर", "राजस्थान"],
    "logo": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
}
FULL_CERTIFICATE = CERTIFICATE | {
    "holder": LONG_NAME,
    "unit": "मंडल पलसाना ग्रामीण उत्तर, विधानसभा 34 दांतारामगढ़, जिला सीकर",
    "title": "सोशल मीडिया के नए साधन, डिजिटल रणनीति, आधुनिक राजनीतिक संवाद और स्थानीय भाषा में लेखन",
    "place": "राजकीय महाविद्यालय सभागार, दांतारामगढ़ रोड, सीकर",
    "logo": FULL_LETTER["logo"],
}
PAPERS = [
    ("appointment_letter", LETTER),
    ("appointment_letter", FULL_LETTER),
    ("certificate", CERTIFICATE),
    ("certificate", FULL_CERTIFICATE),
]
every_paper = pytest.mark.parametrize(("template", "data"), PAPERS, ids=["letter", "full", "certificate", "full-c"])


def words_of(pdf):
    """The text layer in one line, read as the standard asks: ActualText wins over the glyphs under it.

    A Devanagari cluster of several glyphs carries its letters as ActualText;
    pypdf's own ``extract_text`` does not know it and gives half clusters.
    """
    reader = PdfReader(io.BytesIO(pdf))
    pieces, spans, letters = [], [], {}
    for page in reader.pages:
        fonts = {name: letters_of(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"BDC":
                actual = operands[1].get("/ActualText") if isinstance(operands[1], dict) else None
                spans.append(actual is not None)
                pieces.append(actual or "")
            elif operator == b"EMC":
                spans.pop()
            elif operator == b"Tf":
                letters = fonts[operands[0]]
            elif operator in {b"Tj", b"TJ"} and not any(spans):
                runs = operands[0] if operator == b"TJ" else operands
                codes = b"".join(
                    run.original_bytes for run in runs if isinstance(run, TextStringObject | ByteStringObject)
                )
                pieces += [letters[codes[at : at + 2]] for at in range(0, len(codes), 2)]
            elif operator == b"ET":
                pieces.append(" ")
    return " ".join("".join(pieces).split())


def letters_of(font):
    """A font's table from two-byte glyph codes to letters."""
    table = font["/ToUnicode"].get_data().decode("latin-1")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", table, re.MULTILINE)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def ink_outside(png, margin):
    """How many dark pixels stand within ``margin`` pixels of the right and lower edge."""
    picture = Image.open(io.BytesIO(png)).convert("L").point(lambda value: 255 if value < 128 else 0)
    width, height = picture.size
    strips = [(width - margin, height // 10, width, height), (width // 10, height - margin, width, height)]
    return sum(picture.crop(strip).histogram()[255] for strip in strips)


def test_letter_says_what_it_should():
    words = words_of(typesetting.pdf("appointment_letter", LETTER))

    for text in ("नियुक्ति पत्र", "रामेश्वर लाल चौधरी", "जिला प्रभारी", "जिला सीकर", "9M4T-X2PA-6C", URL):
        assert text in words
    assert "1 दिसंबर 2025 से 30 नवंबर 2027 तक" in words
    assert "इस पत्र की जाँच करें:" in words
    assert "श्री " not in words


def test_honorific_stands_only_where_it_was_chosen():
    words = words_of(typesetting.pdf("appointment_letter", LETTER | {"honorific": "श्री"}))

    assert words.count("श्री रामेश्वर") == 1


def test_a_letter_without_an_end_runs_until_further_notice():
    open_end = {key: value for key, value in LETTER.items() if key not in {"term_until", "number", "chain"}}

    assert "1 दिसंबर 2025 से अगले आदेश तक" in words_of(typesetting.pdf("appointment_letter", open_end))


def test_english_letter_has_no_hindi_words():
    english = LETTER | {
        "language": "en",
        "organisation": "State Social Media Department",
        "number": "RJ/2025/0147",
        "date": "Sunday, 30 November 2025",
        "holder": "Rameshwar Lal Choudhary",
        "title": "District in-charge",
        "place": "Sikar district",
        "chain": ["Rajasthan"],
        "term_from": "1 December 2025",
        "term_until": "30 November 2027",
        "reports_to": "Sunita Meena",
        "issuer_name": "Sunita Meena",
        "issuer_post": "State convener",
    }

    words = words_of(typesetting.pdf("appointment_letter", english))

    assert "Letter of Appointment" in words
    assert "1 December 2025 to 30 November 2027" in words
    assert [c for c in words if "\u0900" <= c <= "\u097f"] == []


def test_certificate_says_what_it_should():
    words = words_of(typesetting.pdf("certificate", CERTIFICATE))

    for text in ("प्रमाण पत्र", "कविता शर्मा", CERTIFICATE["title"], "6–7 दिसंबर 2025", "अनिल जोशी", URL):
        assert text in words


@every_paper
def test_one_a4_page(template, data):
    (page,) = PdfReader(io.BytesIO(typesetting.pdf(template, data))).pages

    assert sorted(round(float(side)) for side in page.mediabox[2:]) == [595, 842]


@every_paper
def test_the_code_is_read_and_nothing_runs_off_the_page(template, data):
    png = typesetting.png(template, data, dots_per_inch=144)

    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))] == [URL]
    assert ink_outside(png, margin=50) == 0


def test_text_of_people_is_never_markup():
    name = '#panic() *क* $x$ <a> "@b'

    words = words_of(typesetting.pdf("appointment_letter", LETTER | {"holder": name}))

    assert "".join(name.split()) in "".join(words.split())  # a change of script may look like a space


@pytest.mark.parametrize(
    "changes",
    [
        {"holder": "राम 😀"},  # no such letter in the font
        {"holder": "क" * 120},  # a word wider than the page
        {"address": ["पंक्ति"] * 40},  # a second page
        {"date": None},
        {"logo": b"not a picture"},
    ],
    ids=["emoji", "wide", "second page", "no date", "no picture"],
)
def test_a_paper_that_cannot_be_right_is_refused(changes):
    with pytest.raises(TypesettingError):
        typesetting.pdf("appointment_letter", LETTER | changes)


def test_a_missing_word_or_template_is_refused():
    with pytest.raises(TypesettingError, match="holder"):
        typesetting.pdf("certificate", {key: CERTIFICATE[key] for key in CERTIFICATE if key != "holder"})
    with pytest.raises(TypesettingError):
        typesetting.pdf("no_such_paper", CERTIFICATE)


def test_a_warning_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "odd.typ").write_text('#set text(font: "No Such Font")\nx')
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)

    with pytest.raises(TypesettingError, match="unknown font family"):
        typesetting.pdf("odd", {})


def test_the_same_paper_is_the_same_file():
    assert typesetting.pdf("certificate", CERTIFICATE) == typesetting.pdf("certificate", CERTIFICATE)


def test_twenty_letters_take_less_than_three_seconds():
    start = time.perf_counter()

    for number in range(20):
        typesetting.pdf("appointment_letter", LETTER | {"number": str(number)})

    assert time.perf_counter() - start < 3


def test_the_font_knows_what_it_can_print():
    assert typesetting.unprintable("नियुक्ति, Appointment – ₹ 5 · “x” क्\u200dष\n") == ""
    assert typesetting.unprintable("क✅漢") == "✅漢"
