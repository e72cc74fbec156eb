"""What leaves the desk by other ways: on paper, and into the hands of a reader."""

from applications.models import Application, Reading
from committees.levels import Role
from portal import audit
from tests.factories.desk import a_colleague, an_application

PRINT, MOVE = "/office/applications/print/", "/office/applications/move/"
DOOR = "portal.accounts.backend.DoorBackend"


def test_the_ticked_go_on_paper_with_the_number_only_for_who_may_read_it(client, at_office, drive, places, now):
    rows = [an_application(drive, unit, now, number) for number, unit in enumerate([places.booth, places.ramgarh])]
    chosen = {"ref": [row.ref for row in rows]}

    office = at_office.post(PRINT, chosen).content.decode()
    client.force_login(a_colleague(places.sikar, Role.INCHARGE, now, number=5), backend=DOOR)
    incharge = client.post(PRINT, chosen).content.decode()
    by_age = client.post(PRINT, {"everyone": "1", "query": "age=35", "seen": "2025-12-31T00:00:00+05:30"})

    assert ("98290 00000" in office, "98290 00001" in office) == (True, True)
    assert ("सुनीता मीणा" in incharge, "रमेश चौधरी" in incharge) == (True, False)
    assert [event.verb for event in audit.history(rows[1])] == ["printed"]
    assert by_age.status_code == 302


def test_nothing_ticked_prints_nothing(at_office, drive):
    assert at_office.post(PRINT, {}).status_code == 302


def test_several_are_given_to_one_reader_after_one_look(at_office, drive, places, office, now):
    reader = a_colleague(places.state, Role.STATE_OFFICE, now, number=9, name="हेमंत जोशी")
    mine, other, decided = (an_application(drive, places.booth, now, number) for number in range(3))
    Application.objects.filter(pk=mine.pk).update(phone=reader.phone)
    Application.objects.filter(pk=decided.pk).update(status="WAITING")
    chosen = {"to": "give", "ref": [mine.ref, other.ref, decided.ref]}

    look = at_office.post(MOVE, chosen, follow=True)
    nobody = at_office.post(MOVE, chosen | {"confirm": "1"})
    done = at_office.post(MOVE, chosen | {"confirm": "1", "reader": reader.pk}, follow=True)

    assert (look.context["count"], "हेमंत जोशी" in look.content.decode()) == (2, True)
    assert list(nobody.context["ask_form"].errors) == ["reader"]
    assert list(Reading.objects.values_list("reader", "application")) == [(reader.pk, other.pk)]
    assert "1 आवेदन पढ़ने को दिया गया।" in done.content.decode()
