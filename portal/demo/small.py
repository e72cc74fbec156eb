"""The small demo: one state and two districts in the middle of everything.

One drive is open, one is closed with its interviews half scored today, two
districts have committees half formed, and a workshop lies ahead.
"""

from datetime import timedelta

from applications import consent
from applications.domain import drafting, driving, linking, reviewing, submitting
from applications.models import Application
from applications.models.links import Via
from committees.domain import asking, incharges, seats, showing
from committees.models import Seat, Unit
from portal.demo import answers, desk
from portal.demo.world import HOMES

DAY = timedelta(days=1)
FORMED = {"district": 0.6, "assembly": 0.5, "block": 0.3, "mandal": 0.15, "booth": 0.01}  # of the seats of a level


def open_drive(world):
    """The drive that a newcomer applies to: for the state team, open for nine more days."""
    drive = driving.open_drive(
        unit=world.state,
        slug=driving.free_slug(world.state, world.now.year),
        title_hi="सोशल मीडिया टीम से जुड़ें",
        title_en="Join the social media team",
        purpose_hi="प्रदेश सोशल मीडिया टीम के लिए सक्रिय कार्यकर्ताओं से आवेदन आमंत्रित हैं।",
        purpose_en="Active workers are invited to apply for the state social media team.",
        opens_at=world.now - 6 * DAY,
        closes_at=_last_minute(world.now + 9 * DAY),
        interview_on=(world.now + 14 * DAY).date(),
        interview_place_hi="प्रदेश कार्यालय, जयपुर",
        interview_place_en="State office, Jaipur",
        result_on=(world.now + 18 * DAY).date(),
        training_on=(world.now + 24 * DAY).date(),
        signed_hi="प्रभारी, प्रदेश सोशल मीडिया विभाग",
        signed_en="In-charge, State Social Media Department",
        by=world.office,
        now=world.now - 7 * DAY,
    )
    desk.ask_a_question(drive)
    links = _links(world, drive)
    apply_all(world, drive, links, count=30, within=(drive.opens_at, world.now))
    for made in world.people(4):
        begin_draft(world, drive, links[0], made)
    desk.work_on(world, drive)
    return drive


def closed_drive(world):
    """The drive whose interviews are today: received, read, shortlisted."""
    drive = driving.open_drive(
        unit=world.state,
        slug=f"karyakarini-{world.now.year}",
        title_hi="प्रदेश कार्यकारिणी के लिए आवेदन",
        title_en="Apply for the state executive",
        purpose_hi="प्रदेश सोशल मीडिया कार्यकारिणी के पदों के लिए साक्षात्कार से चयन।",
        purpose_en="Selection by interview for the state social media executive.",
        opens_at=world.now - 40 * DAY,
        closes_at=_last_minute(world.now - 8 * DAY),
        interview_on=world.now.date(),
        interview_place_hi="प्रदेश कार्यालय, जयपुर",
        interview_place_en="State office, Jaipur",
        result_on=(world.now + 5 * DAY).date(),
        by=world.office,
        now=world.now - 41 * DAY,
    )
    apply_all(world, drive, _links(world, drive), count=60, within=(drive.opens_at, drive.closes_at))
    pile = list(Application.objects.filter(drive=drive).select_related("drive").order_by("submitted_at"))
    read_on = world.now - 6 * DAY
    reviewing.move_many(applications=pile[:26], to="SHORTLISTED", by=world.office, now=read_on)
    reviewing.move_many(applications=pile[26:36], to="WAITING", by=world.office, now=read_on)
    reviewing.move_many(
        applications=pile[36:50], to="NOT_SELECTED", by=world.office, now=read_on,
        reason="इस बार इस स्तर के लिए जगह सीमित थी।",
    )  # fmt: skip
    desk.decide_in_pencil(world, drive)
    return drive


def districts(world):
    """Two districts with in-charges, committees half formed, and one drive of a district's own."""
    for number, (code, person) in enumerate(zip(HOMES, world.known(len(HOMES)), strict=True)):
        district = Unit.objects.get(code=code)
        proposal = incharges.propose_one(
            district=district,
            who=person,
            term_ends=(world.now + 365 * DAY).date(),
            form_by=(world.now + 12 * DAY).date(),
            by=world.office,
            now=world.now - 9 * DAY,
        )
        [appointment] = incharges.release(proposal=proposal, by=world.second, now=world.now - 9 * DAY)
        seats.accept(appointment=appointment, now=world.now - 8 * DAY)
        world.signs_in[f"जिला प्रभारी, {district.name_hi}"] = person
        form_half(world, district, by=person.user)
        ask_the_office(world, district, by=person.user, is_answered=number > 0)
        if number == 0:
            district_drive(world, district, by=person.user)


def form_half(world, district, *, by):
    """Some seats at each level, filled from the top, as an in-charge does it."""
    for level, part in FORMED.items():
        of_level = Seat.objects.of_committee().under(district).filter(unit__level=level).vacant()
        chairs = list(of_level.select_related("unit", "post").order_by("unit__path", "post__order", "number"))
        for chair in chairs[: max(1, round(len(chairs) * part))]:
            at = world.now - world.random.randint(1, 7) * DAY
            appointment = seats.seat(person=world.known(1)[0], seat=chair, by=by, now=at)
            if world.random.random() < 0.8:
                seats.accept(appointment=appointment, now=at + timedelta(hours=5))
                if world.random.random() < 0.7:
                    showing.agree(appointment=appointment, now=at + timedelta(hours=5))


def ask_the_office(world, district, *, by, is_answered):
    """What an in-charge asked the state office yesterday."""
    told = {"words": "मंडल की बैठकों का ख़र्च कौन देता है, और पर्ची किसे दें?", "key": f"demo-{district.code}"}
    thread = asking.ask(unit=district, about=None, by=by, now=world.now - DAY, **told)
    if is_answered:
        words = {"words": "जिला कार्यालय देता है। पर्ची महीने के अंत तक वहीं दें।", "key": f"demo-{district.code}"}
        asking.write(thread=thread, from_office=True, by=world.office, now=world.now - DAY / 2, **words)


def district_drive(world, district, *, by):
    """The in-charge's own drive, one level down, without interviews."""
    drive = driving.open_drive(
        unit=district,
        slug=driving.free_slug(district, world.now.year),
        title_hi=f"{district.name_hi} जिला टीम से जुड़ें",
        title_en=f"Join the {district.name_en} district team",
        purpose_hi="जिला, विधानसभा, ब्लॉक, मंडल और बूथ समितियों के लिए स्थानीय कार्यकर्ताओं से आवेदन।",
        purpose_en="Local workers are invited for district, assembly, block, mandal and booth committees.",
        opens_at=world.now - 4 * DAY,
        closes_at=_last_minute(world.now + 6 * DAY),
        interviews=False,
        by=by,
        now=world.now - 4 * DAY,
    )
    link = linking.make_link(
        drive=drive, via=Via.POSTER, unit=district, label="जिला कार्यालय", by=by, now=drive.opens_at
    )
    apply_all(world, drive, [link], count=14, within=(drive.opens_at, world.now), inside=district)
    first = Application.objects.filter(drive=drive).select_related("drive").order_by("submitted_at")[:3]
    reviewing.move_many(applications=list(first), to="SELECTED", by=by, now=world.now - DAY, reason="")


def apply_all(world, drive, links, *, count, within, inside=None):
    """``count`` applications between two times, each through the same doors as a real one."""
    places = Unit.objects.filter(level__in=["booth", "mandal"])
    places = list((places.under(inside) if inside else places).order_by("pk"))
    begins, ends = within
    for number, made in enumerate(world.people(count), start=1):
        at = begins + (ends - begins) * (number / (count + 1))
        link = world.random.choice(links)
        scan(world, link, at)
        draft = drafting.begin(drive=drive, link=link, first_link=None, language="hi", now=at)
        for step, saved in _steps(world, drive, made, world.random.choice(places)).items():
            drafting.save_step(draft=draft, step=step, answers=saved, now=at + timedelta(minutes=1))
        submitting.submit(draft=draft, consent_version=consent.DEMO, wants_messages=True, now=at + timedelta(minutes=6))


def scan(world, link, at):
    """Who applies has opened the link on a phone of their own; one or two others opened it and left."""
    for number in range(1 + world.random.randint(0, 2)):
        linking.count_scan(link=link, is_new=number == 0 or world.random.random() < 0.7, now=at)


def begin_draft(world, drive, link, made):
    """Someone who began and has not finished."""
    at = world.now - timedelta(hours=world.random.randint(3, 60))
    scan(world, link, at)
    draft = drafting.begin(drive=drive, link=link, first_link=None, language="hi", now=at)
    steps = _steps(world, drive, made, world.state)
    for step in list(steps)[: world.random.randint(1, 4)]:
        drafting.save_step(draft=draft, step=step, answers=steps[step], now=at)


def _steps(world, drive, made, unit):
    steps = answers.for_steps(made, unit, list(drive.prompts.all()), world.random)
    if not drive.interviews:
        steps["photo"].pop("can_come")
    answers.add_own(steps, drive, world.random)
    return steps


def _links(world, drive):
    ways = [(Via.POSTER, "प्रदेश कार्यालय का पोस्टर"), (Via.WHATSAPP, "राज्य समूह"), (Via.INSTAGRAM, "")]
    return [
        linking.make_link(drive=drive, via=via, label=label, by=world.office, now=drive.opens_at) for via, label in ways
    ]


def _last_minute(moment):
    """A minute before midnight in India, on that day."""
    return moment.replace(hour=23, minute=59, second=0, microsecond=0)
