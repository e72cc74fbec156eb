"""What the races share."""

import pytest

from tests.provider import sms_provider


@pytest.fixture
def provider(settings):
    """A provider of SMS that every sender of this test speaks to."""
    with sms_provider() as server:
        settings.CHANNELS = {"sms": "portal.channels.http.HttpSMS"}
        settings.SMS_HTTP_URL = server.url
        yield server
