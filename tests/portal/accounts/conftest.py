"""Someone who may sign in, and the phone in their hand."""

import json

import pytest
from django.core.cache import cache
from django.utils import timezone

from portal import channels, people
from portal.accounts import opening

PHONE = "+919829012345"
PASSWORD = "kachnar-ki-chhaya"


@pytest.fixture
def user(db):
    """An office-bearer with a sign-in and a password."""
    person = people.know(phone=PHONE, name="सुनीता मीणा", now=timezone.now())
    user = opening.open_for(person=person, now=timezone.now())
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def phone(settings):
    """The messages that arrived, newest last: SMS become files here."""
    settings.CHANNELS = settings.CHANNELS | {"sms": "portal.channels.files.FileSMS"}
    channels._backend.cache_clear()

    class Phone:
        @property
        def messages(self):
            files = sorted(settings.SMS_FILE_DIR.glob("*.json"))
            return [json.loads(file.read_text(encoding="utf-8"))["text"] for file in files]

        @property
        def code(self):
            return next(word for word in self.messages[-1].split() if word.isdecimal() and len(word) == 6)

    yield Phone()
    channels._backend.cache_clear()
    cache.clear()
