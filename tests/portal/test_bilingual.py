"""Names in two columns."""

from django.utils import translation

from portal.bilingual import Spoken, spoken


class Place:
    """Two columns, as a model has them."""

    name = Spoken()

    def __init__(self, name_hi, name_en):
        self.name_hi, self.name_en = name_hi, name_en


def test_the_page_decides_and_hindi_stands_in_for_missing_english():
    sikar, dhod = Place("सीकर", "Sikar"), Place("धोद", "")

    with translation.override("en"):
        in_english = [sikar.name, dhod.name]

    assert in_english == ["Sikar", "धोद"]
    assert [sikar.name, dhod.name] == ["सीकर", "धोद"]


def test_a_message_has_a_language_of_its_own():
    sikar = Place("सीकर", "Sikar")

    assert [spoken(sikar, "name", language) for language in ("en", "hi")] == ["Sikar", "सीकर"]
