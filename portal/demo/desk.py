"""What the office has done to the pile: asked a question of its own, shared out the reading, tagged, kept a view."""

from datetime import timedelta

from applications import consent
from applications.domain import drafting, linking, publishing, readings, sieving, submitting, tagging
from applications.models import Application, Question, Reading
from applications.models.questions import QuestionKind
from applications.states import Reason, Status
from portal.demo import answers

READ = 0.6  # of what was given
NOTES = ["भाषा साफ़ है, उदाहरण अपने गाँव का है।", "बात अच्छी है, तथ्य और चाहिए।", "", ""]
HOURS = ["रोज़ 1 घंटे से कम", "रोज़ 1 से 2 घंटे", "रोज़ 2 घंटे से ज़्यादा"]
HOURS_EN = ["less than 1 hour a day", "1 to 2 hours a day", "more than 2 hours a day"]


def ask_a_question(drive):
    """One question beyond the common ones."""
    return Question.objects.create(
        drive=drive,
        step="work",
        order=1,
        kind=QuestionKind.CHOICE,
        label_hi="संगठन के काम के लिए आप रोज़ कितना समय दे सकते हैं?",
        label_en="How much time a day can you give to the organisation's work?",
        options_hi="\n".join(HOURS),
        options_en="\n".join(HOURS_EN),
        is_needed=True,
    )


def work_on(world, drive):
    """The open drive's pile, half read; one person who applied from two phones."""
    _apply_again(world, drive)
    pile = Application.objects.filter(drive=drive).select_related("drive").order_by("submitted_at")
    readings.share_out(drive=drive, applications=pile, readers=[world.office, world.second], by=None, now=world.now)
    criteria = list(readings.criteria_of(drive.pk))
    for reading in Reading.objects.filter(application__drive=drive).select_related("reader").order_by("pk"):
        if world.random.random() < READ:
            marks = {criterion.pk: world.random.choice([2, 3, 3, 4, 4, 5]) for criterion in criteria}
            note = world.random.choice(NOTES)
            readings.mark(reading=reading, marks=marks, note=note, by=reading.reader, now=world.now)
    tagging.tag(applications=pile[:5], name="वीडियो बनाते हैं", by=world.office, now=world.now)
    sieving.keep(
        name="वीडियो वाले साथी", query=f"drive={drive.slug}&status=SUBMITTED&has=links", by=world.office, now=world.now
    )


def decide_in_pencil(world, drive):
    """What is left of the closed drive is decided, and not yet published."""
    left = Application.objects.filter(drive=drive, status=Status.SUBMITTED).select_related("drive")
    told = {"reason": "", "by": world.office, "now": world.now}
    publishing.pencil(applications=left[:4], to=Status.WAITING, code="", **told)
    publishing.pencil(applications=left[4:8], to=Status.NOT_SELECTED, code=Reason.NO_ROOM, **told)


def _apply_again(world, drive):
    """The newest applicant once more, under a number of somebody else: the desk finds the double."""
    one = Application.objects.filter(drive=drive).select_related("unit").latest("submitted_at")
    other = world.people(1)[0]
    at = one.submitted_at + timedelta(hours=2)
    linking.count_scan(link=one.link, is_new=True, now=at)
    draft = drafting.begin(drive=drive, link=one.link, first_link=None, language="hi", now=at)
    steps = answers.for_steps(other, one.unit, list(drive.prompts.all()), world.random)
    steps["name"]["name"], steps["about"]["birth_year"] = one.name, one.birth_year
    answers.add_own(steps, drive, world.random)
    for step, saved in steps.items():
        drafting.save_step(draft=draft, step=step, answers=saved, now=at)
    submitting.submit(draft=draft, consent_version=consent.DEMO, wants_messages=True, now=at + timedelta(minutes=5))
