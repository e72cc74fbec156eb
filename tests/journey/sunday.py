"""One Sunday: planned, told, lived, scored, decided."""

from applications.states import Status
from interviews.models import Decision, Interview, Panel, ScoreSheet, Slot
from portal import dates
from portal.models import User
from portal.names import first_and_initial
from tests.journey.road import GITA, HARI, RAMESH, SUNITA, at
from tests.walking import Device

PLACE = "प्रदेश कार्यालय, जयपुर"
MARKS = {"सुनीता मीणा": ("4", "3"), "रमेश चौधरी": ("3", "2")}  # Gita's, Hari's


def interview_of(name):
    return Interview.objects.select_related("slot", "panel").get(application__name=name)


def judge(phone):
    return Device(User.objects.get(phone__endswith=phone))


def plan(road, drive):
    """The day, one panel of two, its times, and a place in them for everyone on the list."""
    page = road.desk(road.office).open("/office/interviews/").open("/office/interviews/new/")
    day = page.press(
        drive="सोशल मीडिया", date="2025-11-16", starts="11:00", ends="13:00",
        break_starts="", break_ends="", place_hi=PLACE,
    )  # fmt: skip
    form = day.open("/panels/")
    day = form.press(
        name="पैनल 1", room="अ", phone1=GITA, person1="गीता यादव", phone2=HARI, person2="हरीश जाट"
    )  # fmt: skip
    assert Panel.objects.get().members.count() == 2, day.text
    assert Slot.objects.count() > 0, day.text
    day = day.press(to="/fill/")

    assert Interview.objects.filter(slot__isnull=False).count() == 2
    assert "सुनीता मीणा" in day.text
    return day.url


def release(road, day):
    """Nobody hears of a plan; after the release each hears the very day, time and place."""
    assert road.tick() == []
    page = road.desk(road.office).open(day).open("/release/")
    page.press()

    assert road.tick() == [("call", SUNITA), ("call", RAMESH), ("panel_call", GITA), ("panel_call", HARI)]
    starts = interview_of("सुनीता मीणा").slot.starts_at
    told = road.message(SUNITA, "call")
    for part in (dates.short_date(starts, "hi"), dates.clock(starts, "hi"), PLACE):
        assert part in told
    return road.link(SUNITA, "call")


def she_confirms(road, call):
    """On another phone, by the link alone."""
    page = Device().open(call)
    assert "k=" not in page.url
    file = page.open(".ics").response
    assert file["Content-Type"].startswith("text/calendar")
    assert b"DTSTART" in file.content

    page.press(answer="yes")
    assert interview_of("सुनीता मीणा").answer == "yes"
    stranger = Device().open(page.url)
    assert "/interview/" not in stranger.url
    assert "सुनीता" not in stranger.text


def reminders_before(road):
    """The evening before, and two hours before each one's own time; never twice."""
    first, second = Interview.objects.order_by("slot__starts_at").values_list("application__phone", flat=True)
    assert road.tick(at(15, 17, 59)) == []
    assert road.tick(at(15, 18)) == [("interview_day_before", SUNITA), ("interview_day_before", RAMESH)]
    assert road.tick(at(16, 8, 59)) == []
    assert road.tick(at(16, 9)) == [("interview_2h", first[-10:])]
    assert road.tick(at(16, 9, 30)) == [("interview_2h", second[-10:])]


def arrive(road, day, call):
    """The desk finds her by name, gives tokens, and the wall shows who is called into the room."""
    road.wait_until(at(16, 10, 30))
    queue = road.desk(road.reception).open(f"{day}queue/").press(q="sunita")
    queue = queue.press(f"do=check_in:{interview_of('सुनीता मीणा').pk}")
    queue = queue.press(f"do=check_in:{interview_of('रमेश चौधरी').pk}")
    assert [interview_of(name).token for name in MARKS] == [1, 2]
    assert "टोकन 1" in Device().open(call).text

    keys = road.desk(road.office).open(f"{day}boards/").press(names="on")
    board = next(link for link in keys.links if "/tv/" in link)
    road.wait_until(at(16, 11))
    queue.press(f"do=next:{Panel.objects.get().pk}:")
    inside = in_order()[0]
    assert interview_of(inside).status == "IN_ROOM"
    wall = Device().open(board)
    assert first_and_initial(inside) in wall.text
    assert inside not in wall.text
    return board


def in_order():
    """The two by the times that the lot gave them."""
    return list(Interview.objects.order_by("slot__starts_at").values_list("application__name", flat=True))


def declare(phone, name):
    """A word on conflicts opens the card; before it not even the name is there."""
    closed = judge(phone).open("/panel/").open(f"/{interview_of(name).token}/")
    assert name not in closed.text
    return closed.press("do=free")


def hand_in(card, mark, note):
    """One mark alone is not taken; five are. Returns the page as it was before they were handed in."""
    criteria = [name for form in card.forms for name in form.offered if name[0] == "c" and name[1:].isdecimal()]
    assert len(criteria) == 5
    half = card.press("do=submit", **{criteria[0]: mark})
    assert half.status == 422
    half.press("do=submit", note=note, **dict.fromkeys(criteria, mark))
    return half


def the_panel_scores(road, day, board):
    """Gita sees nobody's sheet but her own until Hari hands in, nor he hers; what was handed in stays."""
    road.wait_until(at(16, 11, 5))
    first, second = in_order()
    hers, his = declare(GITA, first), declare(HARI, first)
    before = hand_in(hers, MARKS[first][0], "साफ़ बोलते हैं")
    assert "साफ़ बोलते हैं" in hers.device.open(hers.url).text
    assert "साफ़ बोलते हैं" not in his.device.open(his.url).text
    before.press("do=save", note="और कुछ")
    sheet = ScoreSheet.objects.get(submitted_at__isnull=False)
    assert (sheet.note, {score.mark for score in sheet.scores.all()}) == ("साफ़ बोलते हैं", {int(MARKS[first][0])})
    hand_in(his, MARKS[first][1], "ठीक")
    assert "साफ़ बोलते हैं" in his.device.open(his.url).text

    road.wait_until(at(16, 11, 8))
    desk = road.desk(road.reception)
    desk.open(f"{day}queue/").press(done())
    assert first_and_initial(second) in Device().open(board).text
    hand_in(declare(GITA, second), MARKS[second][0], "और अभ्यास चाहिए")
    road.wait_until(at(16, 11, 15))
    desk.open(f"{day}queue/").press(done())
    assert interview_of(second).status == "DONE"


def the_last_sheet_is_asked_for(road):
    """One hour after the second came out, of Hari alone, once."""
    second = in_order()[1]
    assert road.tick(at(16, 12, 14)) == []
    assert road.tick(at(16, 12, 15)) == [("sheet_missing", HARI)]
    assert f"टोकन {interview_of(second).token} " in road.message(HARI, "sheet_missing")
    road.wait_until(at(16, 12, 30))
    hand_in(declare(HARI, second), MARKS[second][1], "धीमे")
    assert road.tick(at(16, 13, 20)) == []


def done():
    """The button that ends the interview inside and calls the next."""
    inside = Interview.objects.get(status="IN_ROOM")
    return f"do=next:{inside.panel_id}:{inside.pk}"


def two_people_decide(road, day):
    """The day is closed; one proposes and cannot approve, the other can, and ten minutes later the results leave."""
    road.wait_until(at(16, 14))
    early = road.desk(road.office).open(f"{day}results/")
    assert not early.offers("interview")
    road.desk(road.office).open(f"{day}queue/").press("do=close")
    page = road.desk(road.office).open(f"{day}results/")
    page = page.press(interview=str(interview_of("सुनीता मीणा").pk), outcome="SELECTED", reason=_reason(page))
    page = page.press(interview=str(interview_of("रमेश चौधरी").pk), outcome="WAITING", reason=_reason(page))
    assert not page.offers("decision")
    forged = next(form for form in page.forms if "/approve/" in form.action)
    every = list(Decision.objects.values_list("pk", flat=True))
    page.device.send("post", forged.action, forged.values | {"decision": every})
    assert not Decision.objects.filter(approved_at__isnull=False).exists()
    assert road.tick(at(16, 14, 15)) == []

    other = road.desk(road.second).open(f"{day}results/")
    other.press(decision=other.offered("decision"))
    assert road.tick() == []
    assert road.tick(at(16, 14, 25)) == [("result_selected", SUNITA), ("result_waiting", RAMESH)]


def she_reads_the_result(road, hers):
    page = Device().open(road.link(SUNITA, "result_selected"))
    assert page.url.replace("-", "") == hers
    assert str(Status.SELECTED.label) in page.text


def _reason(page):
    """The first reason of the list that needs no words."""
    return next(value for value in page.offered("reason") if value)
