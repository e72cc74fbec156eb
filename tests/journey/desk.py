"""The state office reads the pile and sorts it."""

from applications.models import Application, Reading
from applications.states import Status
from portal import codes
from tests.journey.road import ASIF, KAVITA, at

SHORTLISTED = {"सुनीता मीणा", "रमेश चौधरी"}


def ref_of(name):
    return Application.objects.get(name=name).ref


def move(page, to, names, **said):
    """Tick, look at what would happen, say yes."""
    preview = page.press(f"to={to}", ref=[ref_of(name) for name in names])
    assert Application.objects.filter(name__in=names, status=Status.SUBMITTED).count() == len(names)
    return preview.press("confirm=1", **said)


def the_office_finds(road):
    """In Hindi and in Latin letters; the one page shows what was written and hides the number."""
    page = road.desk(road.office).open("/office/applications/")
    for asked, found in [("सुनीता", "सुनीता मीणा"), ("sunita", "सुनीता मीणा"), ("ramesh", "रमेश चौधरी")]:
        names = {name for name in (*SHORTLISTED, "कविता शर्मा", "आसिफ़ ख़ान") if name in page.press(q=asked).text}
        assert names == {found}, asked
    one = page.open(f"/office/applications/{ref_of('सुनीता मीणा')}/")
    assert "तीन साल बूथ अध्यक्ष" in one.text
    assert "98765 00001" not in one.text


def two_people_read(road, drive):
    """The pile is shared out, each reader is told, and marks all four; neither sees the other's marks before."""
    readers = [road.office, road.second]
    choosing = road.desk(road.office).open(f"/office/drives/{drive}/readers/")
    plan = choosing.press("show=1", reader=[reader.pk for reader in readers], how="2")
    assert Reading.objects.count() == 0
    plan.press("do=share")
    assert road.tick() == []  # more may be given within ten minutes; it is one message
    told = sorted(("reading_given", reader.phone[-10:]) for reader in readers)
    assert road.tick(at(14, 18, 40)) == told

    for reader, mark in zip(readers, ("4", "3"), strict=True):
        page = road.desk(reader).open("/work/").open("/read/").press(to="/next/")
        for _each in range(Application.objects.count()):
            marks = {name: mark for form in page.forms for name in form.offered if name.startswith("c")}
            page = page.press("do=save", **{name: value for name, value in marks.items() if name[1:].isdecimal()})
        assert page.url == "/read/"
    assert Reading.objects.filter(read_at=None).count() == 0
    assert road.tick() == []


def the_office_sorts(road, drive):
    """Two onto the interview list at once; one to wait and one "no" in pencil, which a second person publishes."""
    page = road.desk(road.office).open("/office/applications/", drive=drive)
    page = move(page, "SHORTLISTED", sorted(SHORTLISTED))
    page = move(page, "WAITING", ["कविता शर्मा"], way="pencil")
    unsaid = move(page, "NOT_SELECTED", ["आसिफ़ ख़ान"], way="pencil")
    assert unsaid.url == "/office/applications/move/"  # not without a reason
    page = unsaid.press("confirm=1", way="pencil", code="NO_ROOM")
    assert dict(Application.objects.values_list("name", "status")) == dict.fromkeys(SHORTLISTED, "SHORTLISTED") | {
        "कविता शर्मा": "SUBMITTED", "आसिफ़ ख़ान": "SUBMITTED",
    }  # fmt: skip

    job = page.open("/publish/").press(to="")
    assert not [form for form in job.forms if "/agree/" in form.action]  # not alone
    road.desk(road.second).open(job.url).press(to="/agree/")
    assert road.tick() == []
    assert dict(Application.objects.values_list("name", "status")) == dict.fromkeys(SHORTLISTED, "SHORTLISTED") | {
        "कविता शर्मा": "WAITING", "आसिफ़ ख़ान": "NOT_SELECTED",
    }  # fmt: skip


def results_without_an_interview_leave(road):
    """After the ten minutes in which a decision may be taken back."""
    assert road.tick() == []
    assert road.tick(at(14, 18, 51)) == [("result_not_selected", ASIF), ("result_waiting", KAVITA)]
    assert codes.pretty(ref_of("कविता शर्मा")) in road.message(KAVITA, "result_waiting")
