"""Today's interviews, in the middle of the day: some heard and scored, one in each room, the others waiting."""

from datetime import time, timedelta

from interviews.domain import calling, filling, hours, panels, planning, queueing, scoring
from interviews.domain.scoring import Answers, Given
from interviews.models import Interview

ROOMS = [("पैनल 1", "अ"), ("पैनल 2", "ब")]
MEMBERS = 3
HEARD = 6  # by each panel so far
WAIT = 3  # minutes after its slot until a person goes in
NOTES = [
    "अपने गाँव के पानी के मुद्दे पर साफ़ उदाहरण दिए।",
    "वीडियो और ग्राफ़िक ख़ुद बनाते हैं, दो नमूने दिखाए।",
    "बात साफ़ है, पर लेखन में और अभ्यास चाहिए।",
    "नीतियाँ अपने शब्दों में समझाईं, सवालों का जवाब धैर्य से दिया।",
]


def tell(world, drive):
    """Plan, fill and release the day of ``drive``, then live it up to now."""
    planned, called = world.now - timedelta(days=5), world.now - timedelta(days=4)
    day = planning.plan_day(
        drive=drive,
        unit=world.state,
        date=world.now.date(),
        **window(world.now),
        place_hi="प्रदेश कार्यालय, जयपुर",
        place_en="State office, Jaipur",
        by=world.office,
        now=planned,
    )
    seated = [seat_panel(world, day, name, room, planned) for name, room in ROOMS]
    hours.make_slots(day=day, by=world.office, now=planned)
    filling.fill(day=day, by=world.office, now=planned)
    calling.release(day=day, by=world.office, now=called)
    planning.open_board(day=day, by=world.office, now=world.now)
    for panel in seated:
        live(world, panel)
    return day


def window(now):
    """A day of six hours around now, so that a demo made in the morning is in its middle too."""
    starts = min(max(now.hour - 3, 0), 17)
    return {
        "starts": time(starts),
        "ends": time(starts + 6),
        "break_starts": time(starts + 4, 30),
        "break_ends": time(starts + 5, 15),
    }


def seat_panel(world, day, name, room, now):
    """Three people in a room; the first of each signs in in the demo."""
    members = world.known(MEMBERS)
    world.signs_in[f"पैनल सदस्य, {name}"] = members[0]
    return panels.add_panel(day=day, name=name, room=room, members=members, by=world.office, now=now)


def live(world, panel):
    """People arrive before their time; the panel hears one after the other."""
    line = list(
        Interview.objects.filter(panel=panel).select_related("slot", "day", "application").order_by("slot__starts_at")
    )
    for number, interview in enumerate(line[: HEARD + 4]):
        arrived = min(interview.slot.starts_at - timedelta(minutes=25 + number), world.now - timedelta(minutes=number))
        queueing.check_in(interview=interview, by=world.office, now=arrived)
    for number in range(HEARD):
        hear(world, panel, at=line[number].slot.starts_at + timedelta(minutes=WAIT), all_score=number < HEARD - 1)
    queueing.call_next(panel=panel, by=world.office, now=world.now - timedelta(minutes=4))


def hear(world, panel, *, at, all_score):
    """One person goes in, is marked and comes out. The last of them still lacks one sheet."""
    interview = queueing.call_next(panel=panel, by=world.office, now=at)
    members = list(panel.members.select_related("user").order_by("pk"))
    ability = world.random.gauss(3.2, 0.7)
    for person in members if all_score else members[1:]:
        mark_one(world, interview, person, ability, at + timedelta(minutes=6))
    queueing.finish(interview=interview, by=world.office, now=at + timedelta(minutes=7))


def mark_one(world, interview, person, ability, at):
    """One panel member's sheet."""
    sheet = scoring.declare_free(interview=interview, panelist=person, by=person.user, now=at - timedelta(minutes=6))
    marks = {
        criterion.pk: Given(min(5, max(1, round(world.random.gauss(ability, 0.8)))))
        for criterion in interview.day.drive.criteria.all()
    }
    answers = Answers(marks, world.random.choice(NOTES))
    scoring.submit_sheet(sheet=sheet, answers=answers, revision=sheet.revision, by=person.user, now=at)
