"""One of everything in Sikar, and one of everyone who may come to look at it."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from applications import consent
from applications.domain import drafting, files, linking, photos, readings, reviewing, sieving, submitting
from applications.domain.importing import batches
from applications.models import Attachment, Question
from applications.models.links import Via
from committees.domain import asking, fakes, leaving, lending, letters, plans, proposing, seats, silencing, visiting
from committees.domain.rosters import taking
from committees.models import Broadcast, Relay
from interviews.domain import conflicts, hours, panels, planning, scoring
from interviews.models import PublicRecord
from portal import emergencies, jobs, organisation, requests, tokens
from portal.accounts import opening
from portal.models import Job, JobPart
from tests.factories import messages, sunday
from tests.factories.committees import make_holder, make_person, make_tree
from tests.factories.desk import a_drive, an_application
from tests.factories.form import a_draft, picture
from tests.factories.learning import make_series, try_quiz
from tests.factories.training import make_invited, make_workshop, mark
from training.domain import certifying, supplying

DOOR = "portal.accounts.backend.DoorBackend"
NAME, PHONE = "गोपालीबाई राठौड़", "+919876500777"
SAID = {"name": NAME, "phone": PHONE, "on_whatsapp": True, "family": False}
POSTS = {  # role → its post and unit
    "office": ("state-office", "RJ"),
    "ended": ("state-office", "RJ"),
    "conflicted": ("state-office", "RJ"),
    "admin": ("admin", "RJ"),
    "auditor": ("auditor", "RJ"),
    "trainer": ("trainer", "RJ"),
    "reception": ("reception", "RJ"),
    "incharge": ("district-incharge", "SKR"),
    "incharge-elsewhere": ("district-incharge", "JPR"),
    "convener": ("district-president", "SKR"),
    "convener-elsewhere": ("district-president", "JPR"),
}


class Everyone:
    """The world of the matrix. ``users`` by role; the rest are the things of Sikar that pages show."""

    def __init__(self, now):
        self.now = now
        self.units = make_tree(now)
        self.sikar, self.booth = self.units["SKR"], self.units["AC036-P112"]
        people = {"ended": self.looked_after_sikar(now)}
        self.users = {
            role: make_holder(post, self.units[code], now, people.get(role) or make_person(now, role)).person.user
            for role, (post, code) in POSTS.items()
        }
        for role in ("panel", "panel-elsewhere", "teacher", "teacher-elsewhere", "member"):
            self.users[role] = opening.open_for(person=make_person(now, role), now=now)
        self.apply(now)
        self.interview_day(now)
        self.teach(now)
        self.sit(now)
        self.lend(now)
        self.send_word(now)
        self.wait_for_work(now)
        application = self.applications[0]
        self.glass = emergencies.ask(reason="सर्वर की जाँच", watchers=[], by=self.users["admin"], now=sunday.at(10))
        self.asked = requests.ask(kind="erase", thing=application, phone=application.phone, language="hi", now=now)
        self.key = self.a_key("incharge")[0]
        organisation.save(logo=picture("PNG", size=(4, 4)), shows_committees=True)

    def a_key(self, role, *scopes):
        """A key of somebody of this role for a program: its row, and the key itself."""
        owner, until = self.users[role], self.now + timedelta(days=90)
        named = {"name": "-".join(scopes), "scopes": scopes} if scopes else {"name": "कुंजी", "scopes": tokens.SCOPES}
        return tokens.issue(owner=owner, expires_at=until, by=owner, now=self.now, **named)

    def looked_after_sikar(self, now):
        """Who was in-charge before the one of today."""
        former = make_holder("district-incharge", self.sikar, now - timedelta(days=30), make_person(now, "ended"))
        seats.end(appointment=former, reason="कार्यकाल पूरा", by=None, now=now - timedelta(days=1))
        return former.person

    def lend(self, now):
        """The in-charge has a deputy; what was lent to the one whose time is over ended with its last day."""
        giver = self.users["incharge"].person.appointments.get()
        told = {"giver": giver, "unit": self.sikar, "rights": ["view", "form"], "fill": 2, "by": None, "now": now}
        self.lending = lending.lend(person=make_person(now, "deputy"), until=date(2025, 12, 31), **told)
        lending.lend(person=self.users["ended"].person, until=date(2025, 11, 11), **told)
        self.users["deputy"] = self.lending.person.user

    def apply(self, now):
        """Two drives with a link each; one person of Sikar applies to both."""
        closes = now + timedelta(days=20)
        self.state_drive = a_drive(self.units["RJ"], now, "rajya", closes_at=closes)
        self.drive = a_drive(self.sikar, now, "sikar", closes_at=closes, interviews=False)
        self.link = linking.make_link(drive=self.drive, via=Via.POSTER, unit=self.sikar, by=None, now=now)
        self.applications = [self.hand_in(drive, now) for drive in (self.state_drive, self.drive)]
        for application in self.applications:
            linking.own_link(application=application, now=now)
        self.draft = a_draft(self.drive, self.booth, now, number=5)
        answers = "Full Name,Mobile,Year of birth\nकमला गोयल,6000002001,1985\n".encode()
        self.batch = batches.upload(drive=self.drive, content=answers, file_name="a.csv", by=None, now=now)
        self.file = Attachment.objects.get(application=self.applications[0])
        self.double = an_application(self.state_drive, self.booth, now, 88, name="कमला देवी")
        readings.give(applications=self.applications[:1], reader=self.users["member"], by=None, now=now)

    def hand_in(self, drive, now):
        draft = a_draft(drive, self.booth, now, name=SAID)
        drafting.attach_photo(draft=draft, picture=photos.remake(picture()), now=now)
        question = Question.objects.create(drive=drive, order=1, step="work", kind="file", label_hi="प्रमाण पत्र")
        answers = {**draft.answers["work"], "extra": {}}
        paper = {question.pk: files.receive("a.png", picture("PNG"))}
        drafting.save_step(draft=draft, step="work", answers=answers, files=paper, now=now)
        return submitting.submit(draft=draft, consent_version=consent.version(), wants_messages=False, now=now)

    def interview_day(self, now):
        """Two days on Sunday: the state's, where the person of Sikar is here, and Sikar's own."""
        self.day = sunday.a_day(self.state_drive, self.units["RJ"], now, panels=0)
        self.sikar_day = sunday.a_day(self.drive, self.sikar, now, panels=0)
        rooms = {"अ": ["panel", "conflicted"], "ब": ["panel-elsewhere"]}
        for room, roles in rooms.items():
            members = [self.users[role].person for role in roles]
            panels.add_panel(day=self.day, name=f"पैनल {room}", room=room, members=members, by=None, now=now)
        hours.make_slots(day=self.day, by=None, now=now)
        self.board = planning.open_board(day=self.day, by=None, now=now)
        application = self.applications[0]
        reviewing.shortlist(application=application, by=None, now=now)
        application.refresh_from_db()
        slot = self.day.panels.get(room="अ").slots.order_by("starts_at").first()
        self.interview = sunday.arrived(self.day, application, now, slot=slot)
        told = {"interview": self.interview, "by": None, "now": sunday.at(10, 40)}
        scoring.declare_free(panelist=self.users["panel"].person, **told)
        conflicts.declare(
            application=application,
            person=self.users["conflicted"].person,
            reason="रिश्तेदार",
            by=None,
            now=sunday.at(10, 40),
        )
        empty = {"people": [], "districts": [], "criteria": [], "lots": []}
        PublicRecord.objects.create(
            drive=self.state_drive, made_at=now, by=self.users["office"], rows=empty, digest="0" * 64
        )

    def teach(self, now):
        """A workshop of Sikar that was held on Thursday, one to come, and one of Jaipur."""
        teacher, other = self.users["teacher"].person, self.users["teacher-elsewhere"].person
        taught = {"starts_in": timedelta(days=3), "trainers": [teacher], "series": make_series(now, questions=2)}
        held, enrolments = make_invited(self.sikar, now, 1, **taught)
        mark(enrolments[0], held.starts_at, self.users["teacher"])
        try_quiz(enrolments[0], held.ends_at, right=2)
        paper = files.receive("a.png", picture("PNG"))
        self.material = supplying.add(to=held, title_hi="नमूना", file=paper, by=None, now=now)
        certifying.issue(workshop=held, by=self.users["trainer"], now=held.ends_at + timedelta(hours=1))
        self.workshop = make_workshop(self.sikar, now, trainers=[teacher])
        make_workshop(self.units["JPR"], now, trainers=[other])
        self.held, self.enrolment = held, enrolments[0]

    def sit(self, now):
        """The member, one chair to fill, and the one whose time is over."""
        self.appointment = make_holder("district-member", self.sikar, now, self.users["member"].person)
        self.token = letters.token_of(self.appointment)
        self.vacant = self.sikar.seats.vacant(now).filter(post__code="district-secretary").first()
        accepted = make_holder("district-vice-president", self.sikar, now, accepted=True)
        why = {"kind": "removed", "reason": "तीन बैठकों में नहीं आए"}
        self.leaving = leaving.ask(appointment=accepted, by=self.users["incharge"], now=now, **why)
        chair = self.sikar.seats.vacant(now).get(post__code="district-social-media")
        told = {"by": self.users["incharge"], "now": now}
        self.proposal = proposing.begin(unit=self.sikar, purpose="committee", **told)
        self.line = proposing.nominate(proposal=self.proposal, seat=chair, person=make_person(now, "मीना"), **told)
        self.successor = proposing.begin(unit=self.sikar, purpose="incharges", by=self.users["office"], now=now)
        seen = visiting.Told(unit=self.sikar, on=now.date(), place="पलसाना", met=12, note="")
        self.fake = fakes.report(code="K7Q2-98X4-3T", words="पैसे माँगे गए", phone="", now=now)
        seen = {"told": seen, "photo": visiting.photo_of(picture())}
        self.visit = visiting.log(key="palsana-once", **seen, person=self.users["incharge"].person, **told)
        question = {"about": None, "words": "बैठक का ख़र्च कौन देता है?", "key": "once"}
        self.thread = asking.ask(unit=self.sikar, **question, **told)
        self.ended = self.users["ended"].person.appointments.get(until=None)
        seats.end(appointment=self.ended, reason="पद छोड़ा", by=None, now=now + timedelta(days=1))

    def send_word(self, now):
        """A message of the in-charge that somebody of Sikar got, one that nobody approved yet, and a silence."""
        writer, second = self.users["incharge"], self.users["office"]
        told = {"carriers": "all", "audience": "public", "picture": picture()}
        self.message = messages.carried(self.sikar, writer, second, now, valid_until=sunday.at(20), **told)
        self.message.number = 118  # "m/1" stands in style sheets too, where pages are compared
        Broadcast.objects.filter(pk=self.message.pk).update(number=118)
        self.relay = Relay.objects.get(broadcast=self.message)
        self.unsent = messages.written(self.sikar, writer, now, valid_until=sunday.at(20))
        area = {"unit": self.units["JPR"], "starts_at": now, "ends_at": sunday.at(20)}
        self.silence = silencing.order(reason="मतदान", by=second, now=now, **area)

    def wait_for_work(self, now):
        """Background work asked for in the state office: one piece waits for a second person, one is done."""
        asked = {"by": self.users["conflicted"], "now": now, "right": "review", "reach": self.units["RJ"].pk}
        self.job = jobs.ask(kind="export", title="निर्यात", settings={}, needs_second=True, **asked)
        self.done = jobs.ask(kind="export", title="निर्यात", settings={}, **asked)
        Job.objects.filter(pk=self.done.pk).update(finished_at=now, file_name="a.txt", media_type="text/plain")
        move = {"kind": "move", "unit": self.units["RJ"], "steps": {"units": ["AC034"], "to": "JPR"}}
        self.plan = plans.propose(**move, effective_on=now.date(), by=self.users["conflicted"], now=now)
        people = b"unit,post,name,phone\nAC036-P112,booth-member,Ram,9829055501\n"
        self.roster = taking.upload(content=people, file_name="a.csv", by=self.users["conflicted"], now=now)
        self.kept = sieving.keep(name="मेरे", query="", by=self.users["office"], now=now)
        JobPart.objects.create(job=self.done, number=0, content=b"a")

    def browser(self, role):
        """The browser of someone of this role. The administrator's gave its second factor."""
        client = Client()
        if role == "applicant":
            for application in self.applications:
                client.get(f"/a/{application.ref}/?k={application.link_key}")
            client.post(f"/resume/?k={self.draft.key}", {"year": "1995"})
            client.get(f"/me/?k={self.applications[0].link_key}")
        elif role != "anonymous":
            sign_in(client, self.users[role], second_factor=role == "admin")
        return client


def sign_in(client, user, *, second_factor=False):
    """As after the door."""
    client.force_login(user, backend=DOOR)
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "mfa", "type": "totp", "at": timezone.now().timestamp()}
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
