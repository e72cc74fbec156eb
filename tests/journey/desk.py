"""The state office reads the pile and sorts it."""

from applications.models import Application
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


def the_office_reads_and_sorts(road):
    """Found in Hindi and in Latin letters; two onto the interview list, one to wait, one answer with a reason."""
    page = road.desk(road.office).open("/office/applications/")
    for asked, found in [("सुनीता", "सुनीता मीणा"), ("sunita", "सुनीता मीणा"), ("ramesh", "रमेश चौधरी")]:
        names = {name for name in (*SHORTLISTED, "कविता शर्मा", "आसिफ़ ख़ान") if name in page.press(q=asked).text}
        assert names == {found}, asked
    one = page.open(f"/office/applications/{ref_of('सुनीता मीणा')}/")
    assert "तीन साल बूथ अध्यक्ष" in one.text
    assert "98765 00001" not in one.text

    page = move(page, "SHORTLISTED", sorted(SHORTLISTED))
    page = move(page, "WAITING", ["कविता शर्मा"])
    unsaid = move(page, "NOT_SELECTED", ["आसिफ़ ख़ान"])
    unsaid = unsaid.press("confirm=1")
    assert unsaid.url == "/office/applications/move/"  # not without a reason
    unsaid.press("confirm=1", reason="इस स्तर पर जगह नहीं")

    statuses = dict(Application.objects.values_list("name", "status"))
    assert statuses == dict.fromkeys(SHORTLISTED, "SHORTLISTED") | {"कविता शर्मा": "WAITING", "आसिफ़ ख़ान": "NOT_SELECTED"}


def results_without_an_interview_leave(road):
    """After the ten minutes in which a decision may be taken back."""
    assert road.tick() == []
    assert road.tick(at(14, 18, 41)) == [("result_not_selected", ASIF), ("result_waiting", KAVITA)]
    assert codes.pretty(ref_of("कविता शर्मा")) in road.message(KAVITA, "result_waiting")
