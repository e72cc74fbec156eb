"""One Sunday: a day with panels, people who were shortlisted, marks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from applications.domain import reviewing
from interviews.domain import calling, hours, planning, queueing, scheduling, scoring
from interviews.domain.panels import add_panel
from interviews.domain.scoring import Answers, Given
from interviews.models import Interview
from portal import people
from tests.factories.desk import an_application

SUNDAY = date(2025, 11, 16)
NAMES = ["विमला शर्मा", "राजेश मीणा", "नसीम बानो", "कमल सिंह", "गीता यादव", "हरीश जाट"]


def at(hour, minute=0, day=SUNDAY):
    """A time on Sunday, on India's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Kolkata"))


def a_judge(now, number=0):
    """Someone who will sit on a panel."""
    return people.know(phone=f"98111{number:05}", name=NAMES[number % len(NAMES)], now=now)


def a_day(drive, unit, now, panels=1, judges=2, **details):
    """Sunday with its panels and times; panel 1 has the judges 0, 1, …"""
    day = planning.plan_day(
        drive=drive,
        unit=unit,
        date=details.pop("date", SUNDAY),
        place_hi="प्रदेश कार्यालय, जयपुर",
        by=None,
        now=now,
        **details,
    )
    for number in range(panels):
        members = [a_judge(now, number * judges + seat) for seat in range(judges)]
        name, room = f"पैनल {number + 1}", "अबसदइ"[number]
        add_panel(day=day, name=name, room=room, members=members, by=None, now=now)
    hours.make_slots(day=day, by=None, now=now)
    return day


def shortlisted(drive, unit, now, number=0, **fields):
    """Someone who applied, can come and stands on the interview list."""
    application = an_application(drive, unit, now, number, **({"can_come": "yes"} | fields))
    reviewing.shortlist(application=application, by=None, now=now)
    application.refresh_from_db()
    return application


def called(day, application, now, slot=None):
    """Someone with a time who was told so."""
    chosen = slot or scheduling.free_slots(day)[0]
    scheduling.add(day=day, application=application, slot=chosen, by=None, now=now)
    calling.release(day=day, by=None, now=now)
    return Interview.objects.with_person().select_related("day__drive").get(day=day, application=application)


def arrived(day, application, now, when=None, slot=None):
    """Someone who came, with a token."""
    interview = called(day, application, now, slot)
    queueing.check_in(interview=interview, by=None, now=when or at(10, 30))
    return interview


def interviewed(day, application, now, when=None, slot=None):
    """Someone who was with the panel and came out."""
    interview = arrived(day, application, now, when, slot)
    entered = when or at(11)
    queueing.call_next(panel=interview.panel, by=None, now=entered)
    interview.refresh_from_db()
    queueing.finish(interview=interview, by=None, now=entered + timedelta(minutes=7))
    return interview


def answers(day, marks=(3, 3, 3, 3, 3), note="", **why):
    """A filled sheet: marks in the order of the criteria; ``None`` gets a reason."""
    criteria = day.drive.criteria.order_by("order")
    given = {each.pk: Given(mark, "" if mark else "समय नहीं मिला") for each, mark in zip(criteria, marks, strict=False)}
    return Answers(given, note)


def handed_in(interview, judge, marks=(3, 3, 3, 3, 3), note="ठीक", now=None):
    """A sheet that this judge gave in."""
    when = now or at(11, 10)
    sheet = scoring.declare_free(interview=interview, panelist=judge, by=None, now=when)
    return scoring.submit_sheet(
        sheet=sheet, answers=answers(interview.day, marks, note), revision=sheet.revision, by=None, now=when
    )


def judges_of(panel):
    """The members of a panel, in the order they were made."""
    return [member.person for member in panel.memberships.select_related("person").order_by("person_id")]
