"""The tree of committees in every state its pages can show."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from committees.domain import consenting, fakes, lending, letters, proposing, publishing, seats, tallying, watching
from committees.models import Appointment, Norm
from portal import codes, documents, emergencies
from tests.factories.committees import make_holder, make_person, make_tree, make_user
from tests.factories.everyone import sign_in

DAY = timedelta(days=1)


class Grove:
    """Two districts: lists on their way, papers of each standing, a deputy, an emergency, reports of fakes."""

    def __init__(self):
        self.now = timezone.now()
        self.units = make_tree(self.now - 9 * DAY)
        self.state, self.sikar, self.booth = (self.units[code] for code in ("RJ", "SKR", "AC036-P112"))
        self.office = make_user("state-office", self.state, self.now, "विमला शर्मा")
        self.colleague = make_user("state-office", self.state, self.now, "रमा देवी")
        self.admin = make_user("admin", self.state, self.now, "मोहन लाल")
        self.auditor = make_user("auditor", self.state, self.now, "शबनम क़ुरैशी")
        self.incharge = make_user("district-incharge", self.sikar, self.now, "देवेंद्र सैनी")
        self.lists = self._lists()
        self.papers = self._papers()
        self._help()
        tallying.count_all(now=self.now)

    def _lists(self):
        """One of each state: the first line is asked, the second said no."""
        Norm.objects.create(level="district", group="women", percent=33)
        told = {"by": self.office, "now": self.now}
        draft = self._list("AC034")
        sent, returned, approved = (self._list(code, sent=True) for code in ("SKR", "AC036", "AC036-A"))
        first, second = returned.nominations.order_by("pk")[:2]
        proposing.send_back(proposal=returned, because="महिलाएँ कम हैं", reasons={first.pk: "दूसरे दल में हैं"}, **told)
        consenting.ask(nomination=first, **told)
        consenting.answer(nomination=second, yes=False, because="बाहर रहता हूँ", now=self.now)
        proposing.approve(proposal=approved, **told)
        published = approved.nominations.order_by("pk").first()
        publishing.publish(proposal=approved, only=[published.pk], **told)
        over = self._list("AC036-A-M1")
        proposing.discard(proposal=over, **told)
        self.asked = [first, second, over.nominations.first()]
        return [draft, sent, returned, approved]

    def _list(self, code, *, sent=False):
        unit, told = self.units[code], {"by": self.incharge, "now": self.now}
        proposal = proposing.begin(unit=unit, purpose="committee", **told)
        for seat in unit.seats.vacant(self.now).of_committee().in_order()[:3]:
            proposing.nominate(proposal=proposal, seat=seat, person=make_person(self.now), **told)
        if sent:
            proposing.send(proposal=proposal, **told)
        return proposal

    def _papers(self):
        """The addresses of letters: replaced, with a term that is over, of one who resigned, and with another name."""
        told, before = {"by": self.office, "now": self.now}, self.now - 5 * DAY
        replaced = make_holder("booth-president", self.booth, before, accepted=True)
        old = replaced.letter
        letters.reissue(appointment=replaced, reason="नाम सुधारा गया", **told)
        yesterday = timezone.localdate(self.now) - DAY
        ended = make_holder("mandal-president", self.units["AC036-A-M1"], before, term_ends=yesterday)
        revoked = make_holder("mandal-member", self.units["AC036-A-M1"], before, accepted=True)
        seats.end(appointment=revoked, reason="निजी कारण", **told)
        self.holder = Appointment.objects.get(pk=replaced.pk)
        said = documents.qr_text(self.holder.letter).partition("/v/")[2]
        addresses = [f"/v/{codes.pretty(paper.code)}" for paper in (old, ended.letter, revoked.letter)]
        return [*addresses, f"/v/{said}", f"/v/{said.replace(';', ';झूठा_', 1)}"]

    def _help(self):
        """What the in-charge gave away, what an administrator asked for, what the public told."""
        until = timezone.localdate(self.now) + 20 * DAY
        lent = {"unit": self.units["AC036"], "rights": ["view", "form", "review"], "fill": 3, "until": until}
        giver = self.incharge.person.appointments.get()
        helper = make_person(self.now, "राधा सैनी")
        self.lending = lending.lend(giver=giver, person=helper, by=self.incharge, now=self.now, **lent)
        self.deputy = self.lending.person.user
        watchers = watching.watchers(now=self.now)
        emergencies.ask(reason="एक आवेदन की शिकायत", watchers=watchers, by=self.admin, now=self.now)
        for words in ("पैसे माँगे गए", "मुहर दूसरी है"):
            told = fakes.report(code="K7Q2-98X4-3T", words=words, phone="", now=self.now)
        fakes.settle(report=told, finding="पुराना पत्र था", by=self.office, now=self.now)

    def desk_of(self, user, looks_as=None):
        """The device of somebody who gave a second factor, with the eyes of ``looks_as``."""
        device = Client()
        sign_in(device, user, second_factor=True)
        if looks_as:
            device.post("/admin/look/", {"user": looks_as.pk, "reason": "सूची नहीं दिखती, उन्होंने बताया"})
        return device
