"""Drafts keep what was written, whatever else happens."""

from datetime import timedelta

import pytest

from applications import consent
from applications.domain import drafting, photos, reminding, submitting
from applications.domain.drafting import AlreadySubmitted
from applications.models import Draft, Photo
from portal.models import Notice
from tests.factories.form import a_draft, phone, picture


def test_two_tabs_saving_two_steps_lose_neither(drive, now):
    draft = drafting.begin(drive=drive, link=None, first_link=None, language="hi", now=now)
    one, other = Draft.objects.get(pk=draft.pk), Draft.objects.get(pk=draft.pk)

    drafting.save_step(draft=one, step="name", answers={"name": "अ", "phone": phone()}, now=now)
    drafting.save_step(draft=other, step="work", answers={"since": "new"}, now=now + timedelta(minutes=1))

    draft.refresh_from_db()
    assert draft.answers == {"name": {"name": "अ", "phone": phone()}, "work": {"since": "new"}}
    assert (draft.phone, draft.saved_at) == (phone(), now + timedelta(minutes=1))


def test_what_was_written_is_kept_after_the_deadline_too(drive, places, now):
    draft = a_draft(drive, places.booth, now)
    late = drive.closes_at + timedelta(days=1)

    drafting.save_step(draft=draft, step="about", answers={"birth_year": 1990}, now=late)

    assert Draft.objects.get().answers["about"] == {"birth_year": 1990}


def test_another_photo_takes_the_place_of_the_first(drive, places, now):
    draft = a_draft(drive, places.booth, now)

    drafting.attach_photo(draft=draft, picture=photos.remake(picture()), now=now)
    drafting.attach_photo(draft=draft, picture=photos.remake(picture(size=(30, 20))), now=now)

    assert [(photo.width, photo.height) for photo in Photo.objects.all()] == [(30, 20)]
    drafting.attach_photo(draft=draft, picture=None, now=now)
    assert not Photo.objects.exists()


def test_a_draft_that_was_handed_in_is_not_written_again(drive, places, now):
    draft = a_draft(drive, places.booth, now)
    submitting.submit(draft=draft, consent_version=consent.version(), wants_messages=False, now=now)

    with pytest.raises(AlreadySubmitted):
        drafting.save_step(draft=draft, step="name", answers={"name": "x"}, now=now)
    with pytest.raises(AlreadySubmitted):
        drafting.forget(draft=draft, now=now)


def test_forget_leaves_nothing_behind(drive, places, now):
    draft = a_draft(drive, places.booth, now)
    drafting.attach_photo(draft=draft, picture=photos.remake(picture()), now=now)
    assert reminding.remind(now=drive.closes_at - timedelta(hours=48)) == {"48h": 1, "3h": 0}

    drafting.forget(draft=draft, now=now)

    assert (Draft.objects.count(), Photo.objects.count(), Notice.objects.count()) == (0, 0, 0)
