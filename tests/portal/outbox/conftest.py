"""A provider that listens, and the one message that all these tests send."""

import pytest

from portal.models import NoticeTemplate
from tests.provider import sms_provider


@pytest.fixture(autouse=True)
def provider(settings, db, now):
    with sms_provider() as server:
        settings.CHANNELS = {"sms": "portal.channels.http.HttpSMS", "email": "portal.channels.email.EmailChannel"}
        settings.SMS_HTTP_URL = server.url
        settings.SMS_LINES = 1  # one after the other, so that the order can be told
        words = {"template": "hello", "language": "hi", "subject": "नमस्ते", "text": "((name)) जी, नमस्ते।"}
        NoticeTemplate.objects.create(**words, made_at=now, approved_at=now)
        yield server
