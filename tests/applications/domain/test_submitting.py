"""Handing in: once, before the deadline, with all that is needed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from applications import consent
from applications.domain import drafting, reminding, submitting
from applications.domain.consenting import UnknownNotice
from applications.domain.submitting import AlreadyApplied, Closed, Incomplete, PhoneFull
from applications.models import Application, Draft, ShareLink
from applications.models.drives import GRACE
from portal import outbox
from portal.models import Event, Notice
from tests.factories.form import a_draft, handed_in, phone

CONSENT = {"consent_version": consent.version(), "wants_messages": False}
MS = timedelta(milliseconds=1)


def test_submit_writes_the_answers_the_consent_and_the_promise(drive, places, now):
    draft = a_draft(drive, places.booth, now)

    application = submitting.submit(draft=draft, consent_version=consent.version(), wants_messages=True, now=now)

    application.refresh_from_db()
    assert (application.name, application.phone, application.unit) == ("सुनीता मीणा", phone(), places.booth)
    assert (application.birth_year, application.since, application.can_come) == (1995, "2-5", "yes")
    assert (application.consent_text.version, application.consent_text.language) == (consent.version(), "hi")
    assert (application.consent_at, application.wants_messages) == (now, True)
    given = application.consents.order_by("pk").values_list("purpose", "text", "given_at", "withdrawn_at")
    assert list(given) == [(why, application.consent_text_id, now, None) for why in ("application", "messages")]
    assert (application.submitted_at, application.in_grace, application.language) == (now, False, "hi")
    notice = Notice.objects.get()
    assert (notice.key, notice.template, notice.phone) == (f"receipt:{application.pk}", "receipt", phone())
    assert application.link_key in notice.context["url"]
    assert Event.objects.filter(verb="submitted").count() == 1
    assert not ShareLink.objects.exists()  # made when it is first asked for


def test_submit_pressed_twice_gives_the_same_receipt(drive, places, now):
    draft = a_draft(drive, places.booth, now)

    first = submitting.submit(draft=draft, **CONSENT, now=now)
    again = [submitting.submit(draft=draft, **CONSENT, now=now + timedelta(days=n)) for n in range(20)]

    assert again == [first] * 20
    assert Application.objects.count() == 1
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("after", "taken", "in_grace"),
    [
        (-MS, True, False),
        (timedelta(0), True, True),
        (MS, True, True),
        (GRACE - MS, True, True),
        (GRACE, False, None),
        (GRACE + MS, False, None),
    ],
)
def test_the_deadline_is_decided_to_the_millisecond(drive, places, now, after, taken, in_grace):
    draft = a_draft(drive, places.booth, now)

    if taken:
        application = submitting.submit(draft=draft, **CONSENT, now=drive.closes_at + after)
        assert application.in_grace == in_grace
    else:
        with pytest.raises(Closed):
            submitting.submit(draft=draft, **CONSENT, now=drive.closes_at + after)
        draft.refresh_from_db()
        assert (draft.submitted_as, len(draft.answers)) == (None, 7)


def test_nobody_begins_in_the_grace_or_before_the_opening(drive, now):
    for moment in (drive.closes_at, drive.closes_at + MS, drive.opens_at - MS):
        with pytest.raises(Closed):
            drafting.begin(drive=drive, link=None, first_link=None, language="hi", now=moment)


def test_submit_names_the_steps_that_are_missing(drive, places, now):
    draft = a_draft(drive, places.booth, now, writing=None, area=None)

    with pytest.raises(Incomplete) as caught:
        submitting.submit(draft=draft, **CONSENT, now=now)

    assert caught.value.steps == ["area", "writing"]
    assert not Application.objects.exists()


def test_a_second_draft_of_the_same_phone_is_led_to_the_first_application(drive, places, now):
    first = handed_in(drive, places.booth, now)
    draft = a_draft(drive, places.booth, now)

    with pytest.raises(AlreadyApplied) as caught:
        submitting.submit(draft=draft, **CONSENT, now=now)

    assert caught.value.application == first
    assert (Application.objects.count(), Notice.objects.count()) == (1, 1)


def test_somebody_else_on_the_number_is_no_double(drive, places, now):
    first = handed_in(drive, places.booth, now)
    name = first.name
    sister = {"name": {"name": "कमला गोयल", "phone": phone(), "on_whatsapp": True, "family": False}}

    shares = [handed_in(drive, places.booth, now, **sister).share]

    with pytest.raises(AlreadyApplied) as caught:
        handed_in(drive, places.booth, now, **sister)
    assert (shares, caught.value.application.share, Application.objects.count()) == ([1], 1, 2)
    assert submitting.is_theirs(first, name="Sunita Meena", birth_year=first.birth_year)
    assert not submitting.is_theirs(first, name=name, birth_year=first.birth_year + 1)


def test_a_family_phone_carries_three_more_and_no_fourth(drive, places, now):
    handed_in(drive, places.booth, now)
    family = {"name": {"name": "रमेश मीणा", "phone": phone(), "on_whatsapp": True, "family": True}}

    shares = [handed_in(drive, places.booth, now, **family).share for _member in range(3)]

    assert shares == [1, 2, 3]
    with pytest.raises(PhoneFull):
        handed_in(drive, places.booth, now, **family)
    assert Application.objects.count() == 4


def test_a_double_tap_on_a_family_phone_never_makes_a_share(drive, places, now):
    draft = a_draft(drive, places.booth, now)
    saved = draft.answers["name"] | {"family": True}
    drafting.save_step(draft=draft, step="name", answers=saved, now=now)

    receipts = {submitting.submit(draft=draft, **CONSENT, now=now).pk for _press in range(5)}

    assert len(receipts) == 1
    assert Application.objects.get().share == 1


def test_what_another_tab_saved_meanwhile_is_handed_in_too(drive, places, now):
    draft = a_draft(drive, places.booth, now)
    as_read = Draft.objects.get(pk=draft.pk)
    later = now + timedelta(seconds=1)
    saved = draft.answers["work"] | {"roles": "मंडल अध्यक्ष"}
    drafting.save_step(draft=draft, step="work", answers=saved, now=later)

    application = submitting.submit(draft=as_read, **CONSENT, now=later)

    application.refresh_from_db()
    assert application.roles == "मंडल अध्यक्ष"
    assert Application.objects.count() == 1


def test_whoever_applies_is_reminded_of_the_draft_no_more(drive, places, now):
    draft = a_draft(drive, places.booth, now)
    late = drive.closes_at - timedelta(hours=47)
    reminding.remind(now=late)
    assert Notice.objects.get().status == "QUEUED"

    submitting.submit(draft=draft, **CONSENT, now=late)

    told = dict(Notice.objects.values_list("template", "status"))
    assert told == {"draft_48h": "CANCELLED", "receipt": "QUEUED"}


def test_whoever_was_silent_and_applies_anew_gets_a_receipt(drive, places, now):
    draft = a_draft(drive, places.booth, now)
    outbox.silence(phone=phone(), now=now)

    submitting.submit(draft=draft, **CONSENT, now=now)

    assert not outbox.is_silenced(phone())
    assert Notice.objects.get().template == "receipt"


def test_a_place_that_was_merged_away_is_asked_for_again(drive, places, now):
    draft = a_draft(drive, places.booth, now, area={"unit": 999_999, "place_note": ""})

    with pytest.raises(Incomplete) as caught:
        submitting.submit(draft=draft, **CONSENT, now=now)

    assert caught.value.steps == ["area"]


def test_nobody_hands_in_under_a_notice_whose_words_are_unknown(drive, places, now):
    draft = a_draft(drive, places.booth, now)

    with pytest.raises(UnknownNotice):
        submitting.submit(draft=draft, consent_version="2019-1", wants_messages=False, now=now)

    assert Application.objects.count() == 0


def test_the_database_itself_refuses_an_application_without_consent(drive, places, now):
    application = handed_in(drive, places.booth, now)

    with pytest.raises(IntegrityError):
        Application.objects.filter(pk=application.pk).update(consent_text=None)
