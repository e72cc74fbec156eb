"""Values as notices usually carry them, and at their longest: for previews, for the meter, for the register.

A value that is not listed is taken for a name. The longest ones are Hindi, for
Hindi costs more signs, and as long as what people really enter.
"""

from collections.abc import Mapping

from django.conf import settings

from portal import organisation, wording
from portal.bilingual import spoken
from portal.models.notices import Notice

LONGEST_NAME = "राजराजेश्वरी पद्मावती त्रिवेदी"  # thirty signs: what an operator grants a value
USUAL = {
    "hi": {
        "code": "482913",
        "name": "सुनीता मीणा",
        "who": "सुनीता मीणा",
        "giver": "रमेश चौधरी",
        "post": "जिला प्रभारी",
        "unit": "सीकर",
        "place": "प्रदेश कार्यालय, जयपुर",
        "title": "प्रदेश सोशल मीडिया टीम 2025",
        "date": "रविवार, 16 नवंबर 2025",
        "day": "16 नवंबर 2025",
        "time": "सुबह 11:20 बजे",
        "when": "16 नवंबर 2025, सुबह 11:00 बजे",
        "until": "20 नवंबर, रात 11:59 बजे",
        "deadline": "15 नवंबर, रात 11:59 बजे",
        "ref": "K7Q2-9FXM",
        "number": "K7Q2-9FXM",
        "officer": "98290 12345",
        "count": "12",
        "boxes": "3",
        "token": "27",
        "tokens": "12, 14, 15",
        "room": "2",
        "rooms": "कक्ष 2, सुबह 11:00–1:00",
        "why": "भारी वर्षा",
    },
    "en": {
        "name": "Sunita Meena",
        "who": "Sunita Meena",
        "giver": "Ramesh Choudhary",
        "post": "District in-charge",
        "unit": "Sikar",
        "place": "State office, Jaipur",
        "title": "State Social Media Team 2025",
        "date": "Sunday, 16 November 2025",
        "day": "16 November 2025",
        "time": "11:20 am",
        "when": "16 November 2025, 11:00 am",
        "until": "20 November, 11:59 pm",
        "deadline": "15 November, 11:59 pm",
        "rooms": "room 2, 11:00 am–1:00 pm",
        "why": "heavy rain",
    },
}
LONGEST = {
    "code": "482913",
    "post": "विधानसभा सोशल मीडिया सह-समन्वयक",
    "unit": "सूरतगढ़ ग्रामीण दक्षिण मंडल",
    "place": "राजकीय उच्च माध्यमिक विद्यालय, सभागार, सूरतगढ़",
    "title": "प्रदेश सोशल मीडिया टीम के लिए आवेदन 2025",
    "date": "बृहस्पतिवार, 27 नवंबर 2025",
    "day": "27 नवंबर 2025",
    "time": "दोपहर 12:40 बजे",
    "when": "27 सितंबर 2025, दोपहर 12:40 बजे",
    "until": "27 सितंबर, रात 11:59 बजे",
    "deadline": "27 सितंबर, रात 11:59 बजे",
    "ref": "K7Q2-9FXM",
    "number": "K7Q2-9FXM",
    "officer": "+91 98290 12345",
    "count": "12,34,567",
    "boxes": "1,234",
    "token": "127",
    "tokens": "112, 114, 115, 117, 118, 120",
    "room": "12",
    "rooms": "कक्ष 12, दोपहर 12:00–5:00",
    "why": "भारी वर्षा के कारण रास्ते बंद",
}
PATH = "/a/K7Q2-9FXM/?k=" + "x" * 22  # a personal link, the longest kind


def usual(template: str, language: str) -> dict[str, str]:
    """A value for each that the notice carries, as it usually comes."""
    known = USUAL["hi"] | USUAL.get(language, {}) | _ours(language)
    return {name: known.get(name, known["name"]) for name in wording.carried(template)}


def longest(template: str, language: str) -> dict[str, str]:
    """The same at their longest."""
    known = LONGEST | _ours(language)
    return {name: known.get(name, LONGEST_NAME) for name in wording.carried(template)}


def empty(template: str, language: str) -> dict[str, str]:
    """Only what is always there: to see a text in which all that can lack does."""
    ours = _ours(language)
    return {name: ours.get(name, "") for name in wording.carried(template)}


def filled(words: wording.Words, values: Mapping[str, str]) -> wording.Words:
    """The words as they would leave. Raises ``wording.BadWords``."""
    return wording.Words(wording.fill(words.subject, values), wording.fill(words.text, values), words.dlt_id)


def notice(template: str, language: str, **columns: object) -> Notice:
    """A notice of this template with usual values, not yet promised to anybody."""
    return Notice(template=template, language=language, context=usual(template, language), **columns)


def _ours(language: str) -> dict[str, str]:
    path = PATH if language == "hi" else f"/{language}{PATH}"
    return {
        "organisation": spoken(organisation.current(), "name", language),
        "url": f"{settings.SITE_URL}{path}",
    }
