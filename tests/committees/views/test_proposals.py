"""Lists of committees on their pages: formed with buttons, waiting for a yes, sent back, published; the link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applications.domain import appointing, reviewing
from committees.domain import consenting, proposing, seats
from committees.models import Appointment, Norm, Proposal
from committees.states import ProposalStatus as S
from portal.models import Job, Notice
from tests.factories.committees import make_person, make_user
from tests.factories.desk import a_drive, an_application


@pytest.fixture
def booth(units):
    return units["AC036-P112"]


@pytest.fixture
def office(units, now):
    return make_user("state-office", units["RJ"], now, "राजेश जोशी")


@pytest.fixture
def incharge(client, units, now):
    user = make_user("district-incharge", units["SKR"], now, "कविता शर्मा")
    client.force_login(user)
    return user


def form_of(unit):
    return f"{unit.committee_url}form/"


def a_list(unit, by, now, count=1):
    proposal = proposing.begin(unit=unit, purpose="committee", by=by, now=now)
    for seat in unit.seats.of_committee().in_order()[:count]:
        proposing.nominate(proposal=proposal, seat=seat, person=make_person(now), by=by, now=now)
    return proposal


def sent(unit, by, now, count=1):
    proposal = a_list(unit, by, now, count)
    proposing.send(proposal=proposal, by=by, now=now)
    return proposal


def seen_by(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_booth_is_formed_in_few_presses(client, booth, incharge, now):
    Norm.objects.create(level="booth", group="women", percent=33)
    for number, seat in enumerate(booth.seats.of_committee().in_order()):
        words = {"phone": f"982905556{number}", "seat": "1", "who": "new", "name": "मीना", "gender": "W", "ask": "on"}
        assert f'{form_of(booth)}{seat.pk}/">आगे:' in client.get(form_of(booth)).content.decode()
        assert client.post(f"{form_of(booth)}{seat.pk}/", words).url == form_of(booth)

    page = client.get(form_of(booth))
    version = page.context["proposal"].version
    assert "महिलाएँ <b>5/2</b>" in page.content.decode()
    done = client.post(form_of(booth), {"act": "at-once", "version": version}, follow=True)

    assert Appointment.objects.filter(seat__unit=booth, until=None).count() == 5
    waiting = Notice.objects.filter(status="QUEUED").values_list("template", flat=True)
    assert set(waiting) == {"appointed"}  # whoever is appointed is not asked for consent besides
    assert "5 में से 0 पद भरे, 5 नियुक्त" in done.content.decode()
    assert f"{booth.get_absolute_url()}next/" in done.content.decode()


def test_a_stale_line_is_shown_beside_ones_own(client, booth, incharge, now):
    proposal = a_list(booth, incharge, now)
    [line] = proposal.nominations.all()
    words = {"phone": "9829055561", "seat": "1", "who": "new", "name": "मीना देवी", "seen": ""}

    answer = client.post(f"{form_of(booth)}{line.seat_id}/", words)

    assert answer.status_code == 409
    text = answer.content.decode()
    assert (line.person.name in text, "मीना देवी" in text) == (True, True)
    again = dict(answer.context["mine"]) | {"seen": answer.context["seen"]}
    client.post(f"{form_of(booth)}{line.seat_id}/", again)
    assert proposal.nominations.get().person.name == "मीना देवी"


def test_what_changed_since_is_not_sent(client, booth, incharge, now):
    a_list(booth, incharge, now)

    answer = client.post(form_of(booth), {"act": "send", "version": "0"})

    assert (answer.status_code, Proposal.objects.get().status) == (409, S.DRAFT)


def test_what_a_colleague_wrote_since_is_neither_taken_out_nor_given_up(client, booth, units, incharge, now):
    proposal = a_list(booth, incharge, now)
    [line] = proposal.nominations.all()
    old_page = client.get(form_of(booth)).context["proposal"].version
    colleague = {"by": make_user("state-office", units["RJ"], now), "now": now}
    proposing.nominate(proposal=proposal, seat=line.seat, person=make_person(now, "मीना देवी"), **colleague)

    pressed = [{"drop": line.pk}, {"act": "discard"}]
    answers = [client.post(form_of(booth), {"version": old_page, **one}) for one in pressed]

    assert [answer.status_code for answer in answers] == [409] * 2
    assert (Proposal.objects.get().status, proposal.nominations.get().person.name) == (S.DRAFT, "मीना देवी")


def test_applicants_and_those_who_sat_here_are_one_press_away(client, booth, units, office, incharge, now):
    drive = a_drive(units["SKR"], now, "sikar", interviews=False)
    applicant = an_application(drive, booth, now, 7, name="कमला देवी")
    seat, *_others = booth.seats.of_committee().in_order()

    page = client.get(f"{form_of(booth)}{seat.pk}/")
    assert [one.name for one in page.context["hopefuls"]] == ["कमला देवी"]
    client.post(f"{form_of(booth)}{seat.pk}/", {"pick": f"a{applicant.pk}", "seen": ""})

    [line] = Proposal.objects.get().nominations.all()
    assert (line.person.phone, line.reasons) == (applicant.phone, [{"what": "applicant", "key": f"a{applicant.pk}"}])
    reviewing.select(application=applicant, by=office, now=now)
    client.post(form_of(booth), {"act": "at-once"})
    assert [appointing.note_appointed(now=timezone.now()) for _time in range(2)] == [1, 0]
    applicant.refresh_from_db()
    assert (applicant.status, applicant.person) == ("APPOINTED", line.person)


def test_the_level_above_says_yes_and_the_list_is_published_by_ticks(client, units, office, incharge, now):
    proposal = sent(units["SKR"], incharge, now, 2)
    page = f"/proposals/{proposal.pk}/"
    above = seen_by(office)
    keep, other = proposal.nominations.order_by("seat__post__order")

    assert client.post(page, {"act": "approve"}).status_code == 404
    assert page in above.get("/proposals/").content.decode()
    version = Proposal.objects.get().version
    assert above.post(page, {"act": "approve", "version": version - 1}).status_code == 409
    above.post(page, {"act": "approve", "version": version})
    client.post(page, {"act": "publish", "only": [keep.pk]})

    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by) == (S.APPROVED, office)
    assert Appointment.objects.get(nomination=keep).person == keep.person
    assert client.post(page, {"act": "rewrite"}).url == form_of(units["SKR"])
    client.post(form_of(units["SKR"]), {"drop": other.pk})
    assert proposal.nominations.get() == keep


def test_reasons_of_each_line_go_back_with_the_list(client, units, office, incharge, now):
    proposal = sent(units["SKR"], incharge, now)
    [line] = proposal.nominations.all()

    seen_by(office).post(f"/proposals/{proposal.pk}/", {"act": "return", f"line-{line.pk}": "दूसरा नाम दें"})

    assert "दूसरा नाम दें" in client.get(form_of(units["SKR"])).content.decode()


def test_a_convener_proposes_below_and_approves_nothing(units, booth, incharge, now):
    convener = make_user("district-president", units["SKR"], now, "मोहन लाल")
    theirs = seen_by(convener)

    assert theirs.get(form_of(units["SKR"])).status_code == 404
    assert theirs.get(form_of(booth)).status_code == 200
    proposal = a_list(booth, convener, now)
    assert "अभी घोषित करें" not in theirs.get(form_of(booth)).content.decode()
    theirs.post(form_of(booth), {"act": "at-once"})
    assert Proposal.objects.get().status == S.DRAFT
    theirs.post(form_of(booth), {"act": "send", "version": proposal.version + 1})
    assert Proposal.objects.get().status == S.SENT
    assert theirs.post(f"/proposals/{proposal.pk}/", {"act": "approve"}).status_code == 404


def test_the_state_publishes_many_as_a_job(units, office, incharge, now):
    made = [sent(units[code], incharge, now) for code in ("AC036", "AC034")]
    for proposal in made:
        proposing.approve(proposal=proposal, by=office, now=now)

    answer = seen_by(office).post("/proposals/", {"only": [proposal.pk for proposal in made]})

    job = Job.objects.get()
    assert (answer.url, job.kind, len(job.settings["proposals"])) == (f"/jobs/{job.key}/", "committees.publish", 2)


def test_the_personal_link_takes_yes_and_no(client, units, office, incharge, now):
    proposal = sent(units["SKR"], incharge, now)
    [line] = proposal.nominations.all()
    page = f"/n/{consenting.token_of(line)}/"
    anyone = Client()

    assert len(anyone.get(page).content) < 30_000
    anyone.post(page, {"answer": "no"})
    line.refresh_from_db()
    assert line.says_yes is None
    anyone.post(page, {"answer": "no", "reason": "समय नहीं है"})
    line.refresh_from_db()
    assert (line.says_yes, line.no_because) == (False, "समय नहीं है")
    anyone.post(page, {"answer": "yes"})
    line.refresh_from_db()
    assert line.says_yes is True
    assert anyone.get("/n/1~abcdefghijklmnop/").status_code == 404
    proposing.take_back(proposal=proposal, by=incharge, now=now)
    proposing.drop(nomination=line, by=incharge, now=now)
    gone = anyone.get(page)
    assert (gone.status_code, "अब इसका उत्तर नहीं चाहिए" in gone.content.decode()) == (404, True)


def test_two_quick_taps_on_publish_are_told_the_truth(client, units, office, incharge, now):
    proposal = sent(units["SKR"], incharge, now, 2)
    first, second = proposal.nominations.order_by("seat__post__order")
    consenting.answer(nomination=second, yes=False, because="बाहर हूँ", now=now)
    proposing.approve(proposal=proposal, by=office, now=now)
    page, theirs = f"/proposals/{proposal.pk}/", seen_by(office)
    tap = {"act": "publish", "only": [first.pk]}

    told = [str(*theirs.post(page, tap, follow=True).context["messages"]) for _time in range(2)]

    assert told[1] == "ये नाम पहले ही घोषित हो चुके हैं।" != told[0]
    assert "चुने नाम घोषित करें" not in theirs.get(page).content.decode()


def test_pages_do_not_grow_with_the_list(client, units, booth, incharge, now):
    counts = []
    for size in (1, 3):
        a_list(booth, incharge, now, size)
        counts.append([queries(client, path) for path in (form_of(booth), f"/proposals/{Proposal.objects.get().pk}/")])
    proposing.send(proposal=Proposal.objects.get(), by=incharge, now=now)
    one = queries(client, "/proposals/")
    sent(units["AC034"], incharge, now)
    sent(units["AC036-A-M1"], incharge, now)

    assert counts[0] == counts[1]
    assert queries(client, "/proposals/") == one


def test_a_line_stands_once_however_many_sat_there_before(booth, incharge, now):
    chair = booth.seats.of_committee().in_order()[0]
    for number in range(2):
        gone = seats.seat(person=make_person(now), seat=chair, by=incharge, now=now + timedelta(hours=number))
        seats.end(appointment=gone, reason="चले गए", by=incharge, now=now + timedelta(hours=number, minutes=9))

    a_list(booth, incharge, now, 1)

    assert [line.seat for line in proposing.left(Proposal.objects.get())] == [chair]


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
