"""A small country on a Sunday, for the pages to be looked at."""

from datetime import time, timedelta

from django.test import Client
from django.utils import timezone

from applications.domain import extending, linking, publishing, readings, reviewing, sieving
from applications.domain.importing import batches
from applications.models import Question
from applications.models.questions import QuestionKind
from committees.domain import asking, incharges, leaving, plans, proposing, seats, showing, silencing, visiting
from committees.domain.matching import Home, Rules
from committees.domain.relaying import answering, counting
from committees.domain.rosters import taking
from committees.models import Relay
from interviews.domain import deciding, planning, queueing, replying, scheduling, scoring, standing_by
from interviews.models import Interview, Offer
from portal import jobs, organisation, requests
from tests.applications.importing.world import awkward_csv
from tests.applications.views.test_apply import ABOUT, NAME, SOCIAL, WORK
from tests.factories import messages
from tests.factories.committees import make_holder, make_person, make_tree, make_user
from tests.factories.desk import a_drive
from tests.factories.form import SAMPLE, a_draft, handed_in, picture
from tests.factories.learning import make_class, make_series, try_quiz, was_at
from tests.factories.sunday import a_day, answers, arrived, judges_of
from tests.factories.sunday import called as with_a_time
from tests.factories.training import make_workshop, seat_members
from training import media
from training.domain import inviting, supplying
from training.models import Enrolment

DAY = timedelta(days=1)
ORGANISATION = {
    "name_hi": "प्रदेश सोशल मीडिया विभाग",
    "name_en": "State social media department",
    "help_phone": "0141 000 0000",
    "help_hours_hi": "सोमवार से शनिवार, सुबह 10 से शाम 6 बजे",
    "help_hours_en": "Monday to Saturday, 10 am to 6 pm",
    "shows_committees": True,
}
QUESTION = {
    "label_hi": "आपने संगठन के लिए अब तक क्या किया है?",
    "label_en": "What have you done for the organisation so far?",
    "hint_hi": "दो-तीन शब्द काफ़ी हैं।",
    "hint_en": "Two or three words will do.",
    "options_hi": "हाँ\nनहीं",
    "options_en": "Yes\nNo",
}


def answers_sent(drive, unit):
    """What the seven steps send."""
    return {
        "name": NAME,
        "area": {"unit": unit.pk},
        "about": ABOUT,
        "work": WORK,
        "social": SOCIAL,
        "writing": {"prompt": drive.prompts.first().pk, "writing": SAMPLE},
        "photo": {"can_come": "yes"},
    }


class World:
    """A small country on a Sunday: one of everything that a page can show."""

    def __init__(self):
        self.now = timezone.now()
        self.units = make_tree(self.now - 9 * DAY)
        self.state, self.sikar, self.booth = (self.units[code] for code in ("RJ", "SKR", "AC036-P112"))
        self.office = make_user("state-office", self.state, self.now, "विमला शर्मा")
        self.reception = make_user("reception", self.state, self.now, "नसीम बानो")
        self.trainer = make_user("trainer", self.state, self.now, "कमल सिंह")
        self.convener = make_user("state-president", self.state, self.now, "हेमलता गुर्जर")
        organisation.save(**ORGANISATION)
        self._drives()
        self._sunday()
        self._district()
        self._school()
        self._pile()
        self._plan()
        self._word()

    def _word(self):
        """A message that came down to a booth, one that waits for a second person, and a silence."""
        colleague = make_user("state-office", self.state, self.now, "कमला देवी")
        heads = messages.make_heads(self.units, self.now, "RJ")
        told = {"audience": "public", "wants_reply": True, "is_urgent": True, "picture": picture()}
        self.message = messages.carried(self.state, colleague, self.office, self.now, **told)
        self.relay = Relay.objects.get(broadcast=self.message, person=heads["SKR"].person)
        answering.acknowledge(relay=self.relay, now=self.now)
        counting.count(broadcast=self.message, now=self.now)
        self.unsent = messages.written(self.sikar, colleague, self.now)
        area = {"unit": self.units["JPR"], "starts_at": self.now, "ends_at": self.now + DAY, "reason": "मतदान"}
        silencing.order(**area, by=self.office, now=self.now)

    def _plan(self):
        """One plan for the tree waits for the office, one was carried out."""
        colleague = make_user("state-office", self.state, self.now, "रमा देवी")
        told = {"effective_on": timezone.localdate(self.now), "by": colleague, "now": self.now}
        cells = {"row": 2, "old": None, "new": 300, "name_hi": "भाग 300", "name_en": "Part 300", "mandal": "AC036-A-M1"}
        rows = {"assembly": "AC036", "rows": [cells]}
        move = {"units": ["AC034"], "to": "JPR"}
        asked = [("renumber", self.units["AC036"], rows), ("move", self.sikar, move)]
        self.plans = [plans.propose(kind=kind, unit=unit, steps=steps, **told) for kind, unit, steps in asked]
        plans.agree(plan=self.plans[0], by=self.office, now=self.now)
        people = [f"AC036-P112,booth-member,राम {n},98290554{n:02},M,,2025-04-01," for n in range(2)]
        files = [people, [*people, "NIL,booth-member,राम,982905549,X,,,"]]
        head = "unit,post,name,phone,gender,birth_year,since,term_ends"
        self.rosters = [
            taking.upload(content="\n".join([head, *rows]).encode(), file_name="सूची.csv", by=colleague, now=self.now)
            for rows in files
        ]
        self.plannable = [
            ("merge", "AC034"), ("split", "AC036"), ("move", "AC034"), ("renumber", "AC036"),
        ]  # fmt: skip

    def _drives(self):
        start = self.now - 5 * DAY
        self.drive = a_drive(self.state, start, closes_at=self.now + 5 * DAY, asks_representation=True)
        self.closed = a_drive(self.sikar, start, slug="sikar-2025", closes_at=self.now - DAY)
        self.link = linking.make_link(drive=self.drive, via="poster", unit=self.sikar, by=self.office, now=start)
        self.draft = a_draft(self.drive, self.booth, self.now, 90)
        self.applied = [handed_in(self.drive, self.booth, self.now, number) for number in range(7)]
        for application in self.applied[:5]:
            reviewing.shortlist(application=application, by=self.office, now=self.now)
        reviewing.wait(application=self.applied[5], by=self.office, now=self.now)
        for application in self.applied:
            application.refresh_from_db()

    def _sunday(self):
        """One is through and scored, one is inside, one waits, one asks for another time, one stands by."""
        window = {"date": timezone.localdate(self.now), "starts": time(0), "ends": time(23, 59)}
        self.day = a_day(self.drive, self.state, self.now, panels=1, lets_choose=True, **window)
        scored, inside, waits, told = self.applied[:4]
        for application in (scored, inside, waits):
            arrived(self.day, application, self.now, when=self.now)
        called = with_a_time(self.day, told, self.now, slot=scheduling.free_slots(self.day).last())
        replying.answer(interview=called, answer="other", not_before=time(23), note="परीक्षा है", now=self.now)
        spare = standing_by.by_hand(day=self.day, application=self.applied[4])
        standing_by.name_all(day=self.day, chosen=spare, by=self.office, now=self.now)
        standing_by.tell(day=self.day, by=self.office, now=self.now)
        panel = self.day.panels.get()
        self.judge, other = judges_of(panel)
        first = queueing.call_next(panel=panel, by=None, now=self.now)
        for judge, marks in ((self.judge, (3, 3, 3, 3, 3)), (other, (3, 3, 4, 4, 1))):
            sheet = scoring.declare_free(interview=first, panelist=judge, by=None, now=self.now)
            given = {"answers": answers(self.day, marks, "ठीक"), "revision": sheet.revision}
            scoring.submit_sheet(sheet=sheet, **given, by=None, now=self.now)
        queueing.finish_and_call(panel=panel, inside=first.pk, by=None, now=self.now)
        first.refresh_from_db()
        second = Interview.objects.get(status="IN_ROOM")
        scoring.declare_free(interview=second, panelist=self.judge, by=None, now=self.now)
        said = deciding.propose(interview=first, outcome="SELECTED", reason="rank", by=self.office, now=self.now)
        Offer.objects.create(decision=said, sent_at=self.now, expires_at=self.now + 5 * DAY)
        self.board = planning.open_board(day=self.day, by=self.office, now=self.now)

    def _district(self):
        words = {"term_ends": None, "form_by": timezone.localdate(self.now + 20 * DAY)}
        who = make_person(self.now, "देवेंद्र सैनी")
        given = make_holder("district-incharge", self.sikar, self.now - DAY, who, **words)
        seats.accept(appointment=given, now=self.now)
        self.incharge = who.user
        told = {"by": self.office, "now": self.now}
        incharges.fill(top=self.state, rules=Rules(home=Home.ANY), **told)
        self.successor = proposing.open_of(self.state, "incharges")
        self.member, self.named, _third = seat_members(self.sikar, self.now - DAY, 3)
        seats.accept(appointment=self.named, now=self.now)
        showing.agree(appointment=self.named, now=self.now)
        why = {"kind": "removed", "reason": "लगातार तीन बैठकों में नहीं आए", "by": self.incharge, "now": self.now}
        self.leaving = leaving.ask(appointment=self.member, **why)
        self.chair = self.sikar.seats.vacant(self.now).of_committee().first()
        for post in ("booth-secretary", "booth-social-media", "booth-member"):
            given = make_holder(post, self.units["AC036-P112"], self.now - DAY, accepted=True)
            showing.agree(appointment=given, now=self.now)
        seen = visiting.Told(
            self.sikar, timezone.localdate(self.now), "राजकीय विद्यालय, पलसाना", 34, "पाँच युवा जुड़ना चाहते हैं"
        )
        taken = {"photo": visiting.photo_of(picture(size=(400, 300)))}
        self.visit = visiting.log(key="palsana-1", told=seen, **taken, person=who, by=self.incharge, now=self.now)

        question = {"about": self.chair.unit, "words": "मंडल बैठक का ख़र्च कौन देता है?\nपर्ची किसे दें?", "key": "k1"}
        self.thread = asking.ask(unit=self.sikar, by=self.incharge, now=self.now, **question)
        answer = {"words": "जिला कार्यालय। पर्ची संभालकर रखें।", "key": "k2", "from_office": True}
        asking.write(thread=self.thread, by=self.office, now=self.now + timedelta(seconds=1), **answer)
        asking.ask(unit=self.sikar, by=self.incharge, now=self.now, **question | {"about": None, "key": "k3"})

    def _school(self):
        self.workshop = make_workshop(
            self.sikar, self.now, starts_in=timedelta(hours=1), trainers=[self.trainer.person]
        )
        inviting.invite_new_members(now=self.now)
        self.enrolment = Enrolment.objects.order_by("pk").first()
        inviting.answer(enrolment=self.enrolment, coming=True, now=self.now)
        self._learn()

    def _learn(self):
        """Yesterday somebody was at a workshop of a series, and has tried its quiz once."""
        then = self.now - timedelta(days=11)
        self.series = make_series(then, questions=3)
        _class, [self.learner, *_others] = make_class(self.sikar, then, 0, self.series, sessions=1)
        was_at(self.learner, self.office, 1)
        try_quiz(self.learner, self.now, right=1)
        told = {"title_hi": "साधनों की सूची", "by": self.office, "now": self.now}
        supplying.add(to=self.workshop, file=media.receive("a.png", picture("PNG")), **told)
        supplying.add(to=self.series, url="https://example.com/", **told)

    def _pile(self):
        """What the office has before it: readings, an import, doubles, pencil, requests, and work that waits."""
        told = {"by": self.office, "now": self.now}
        self.reader = make_user("state-office", self.state, self.now, "अनिल जोशी")
        for order, kind in enumerate(QuestionKind, start=1):
            Question.objects.create(drive=self.drive, order=order, step="work", kind=kind, **QUESTION)
        place = {"unit": self.state.pk, "place_note": "पलसाना के पास ढाणी"}
        self.placeless = handed_in(self.drive, self.booth, self.now, 7, area=place)
        self.fresh = [handed_in(self.drive, self.booth, self.now, number) for number in (8, 9)]
        readings.give(applications=[*self.fresh, self.applied[6]], reader=self.reader, **told)
        publishing.pencil(applications=self.fresh[:1], to="NOT_SELECTED", code="NO_ROOM", reason="", **told)
        self.batches = [
            batches.upload(drive=self.drive, content=awkward_csv(), file_name=name, **told)
            for name in ("gram-sabha.csv", "shivir.csv")
        ]
        batches.take_in(batch=self.batches[1], **told)
        extending.propose(drive=self.drive, closes_at=self.drive.closes_at + DAY, reason="मेले के दिन", **told)
        self.kept = sieving.keep(name="सीकर के नए", query="status=SUBMITTED", **told)
        asked = {"phone": self.applied[0].phone, "language": "hi", "now": self.now}
        self.asked = requests.ask(kind="complaint", thing=self.applied[0], words="नाम गलत छपा है", **asked)
        reach = {"right": "review", "reach": self.state.pk}
        self.job = jobs.ask(kind="export", title="सीकर के आवेदन", settings={}, needs_second=True, **reach, **told)

    def beside_somebody(self):
        """The device of the office while it writes down what somebody says."""
        device = Client()
        device.force_login(self.office)
        for step, said in answers_sent(self.drive, self.booth).items():
            device.post(f"/office/applications/new/{self.drive.slug}/{step}/", said)
        return device

    def own(self, application):
        """The device of an applicant, who came by the personal link."""
        device = Client()
        device.get(f"/a/{application.ref}/?k={application.link_key}")
        return device

    def asking(self):
        """The device of an applicant who opened the link to their own data."""
        device = Client()
        device.get(f"/me/?k={self.applied[0].link_key}")
        return device

    def in_the_middle(self):
        """The device of someone with a finished draft."""
        device = Client()
        device.post(f"/resume/?k={self.draft.key}", {"year": "1995"})
        return device
