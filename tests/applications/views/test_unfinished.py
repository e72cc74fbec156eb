"""Those who began: counted by place, told to nobody."""

from applications.domain import drafting
from tests.factories.form import a_draft, handed_in

PAGE = "/office/drives/pradesh-2025/unfinished/"


def test_the_desk_links_to_what_is_no_status(at_office, drive, places, now):
    a_draft(drive, places.booth, now, 1)
    handed_in(drive, places.booth, now, 2)

    page = at_office.get("/office/applications/?drive=pradesh-2025")

    assert page.context["beside"] == [
        ("दोहरे आवेदन", 0, "/office/doubles/?drive=pradesh-2025"),
        ("अधूरे", 1, PAGE),
    ]
    assert "1995" not in page.content.decode()
    assert page.context["page"].object_list[0].age == "26 से 35"


def test_unfinished_forms_are_counts_by_place(at_office, drive, places, now):
    for number, unit in enumerate([places.booth, places.mandal, places.ramgarh]):
        a_draft(drive, unit, now, number)
    handed_in(drive, places.alwar, now, 9)
    drafting.begin(drive=drive, link=None, first_link=None, language="hi", now=now)

    whole = at_office.get(PAGE)
    below = at_office.get(f"{PAGE}?unit=RJ-SIK")

    def told(page):
        return [(line.unit and line.unit.name_hi, line.begun, line.reached) for line in page.context["lines"]]

    assert told(whole) == [("सीकर", 2, 2), ("अलवर", 1, 1), (None, 1, 0)]
    assert told(below) == [("दांतारामगढ़", 2, 2)]
    assert "सुनीता" not in whole.content.decode()
    assert "98765" not in whole.content.decode()
