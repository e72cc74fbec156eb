"""Each way out of the house, against servers that behave well and badly."""

import asyncio
import json
import os
import re
from pathlib import Path

import pytest

from portal import channels, outbox
from portal import settings as installation
from portal.channels import files, http
from portal.models import Notice
from portal.models.notices import Channel, NoticeStatus
from portal.wording import Words
from tests.provider import CUT, HANG, sms_provider
from tests.services import free_port

WORDS = Words("आपका कोड", "संगठन: आपका कोड 123456 है।", "1107160000000012345")
SMS = {"key": "code:1", "phone": "+919829012345", "template": "code"}
MAIL = {"key": "code:2", "channel": Channel.EMAIL, "email": "sunita@example.org", "template": "code"}


class Clumsy:
    """A channel with a mistake in it."""

    def send(self, notice, words):
        raise ZeroDivisionError(f"{notice.phone} {words.text}")


@pytest.fixture
def provider(settings, monkeypatch):
    monkeypatch.setattr(http, "TIMEOUT", 0.3)
    with sms_provider() as server:
        settings.CHANNELS = {"sms": "portal.channels.http.HttpSMS"}
        settings.SMS_HTTP_URL, settings.SMS_HTTP_KEY = server.url, "a-key"
        settings.SMS_LINES = 1
        yield server


def outcome(notice):
    """The provider's reference, or what was raised and whether a later try may work."""
    try:
        return channels.send(notice, WORDS)
    except channels.CannotSend as problem:
        return "not sent", str(problem), problem.may_work_later
    except channels.PerhapsSent as problem:
        return "perhaps", str(problem)


def test_a_provider_gets_the_text_byte_for_byte_with_its_registered_id(provider):
    reference = channels.send(Notice(**SMS), WORDS)

    assert reference == "sms-1"
    assert provider.messages == [
        {
            "sender": "SRIJAN",
            "to": "+919829012345",
            "text": "संगठन: आपका कोड 123456 है।",
            "dlt_id": "1107160000000012345",
            "reference": "code:1",
            "authorization": "Bearer a-key",
        }
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((500, b"oops"), ("not sent", "provider said 500", True)),
        ((503, b""), ("not sent", "provider said 503", True)),
        ((429, b""), ("not sent", "provider said 429", True)),
        ((401, b""), ("not sent", "provider said 401", True)),
        ((400, b'{"error": "number"}'), ("not sent", "provider said 400", False)),
        ((302, b""), ("not sent", "provider said 302", False)),
        ((504, b""), ("perhaps", "a gateway said 504")),
        (HANG, ("perhaps", "the line to the provider broke: TimeoutError")),
        (CUT, ("perhaps", "the line to the provider broke: RemoteDisconnected")),
        ((200, b"<html>Log in to the WLAN"), ("perhaps", "the provider's answer is not JSON with an id")),
        ((200, b"\xff\xfe\x00"), ("perhaps", "the provider's answer is not JSON with an id")),
        ((200, b"[1]"), ("perhaps", "the provider's answer is not JSON with an id")),
        ((200, b""), ("perhaps", "the provider's answer is not JSON with an id")),
        ((200, b'{"id": 77}'), "77"),
        ((202, b'{"id": "x"}'), "x"),
    ],
)
def test_what_a_provider_answers_decides(answer, expected, provider):
    provider.answers = [answer]

    assert outcome(Notice(**SMS)) == expected
    assert len(provider.messages) == 1


def test_a_provider_that_nobody_runs_is_asked_again_later(settings, provider):
    settings.SMS_HTTP_URL = f"http://127.0.0.1:{free_port()}/send"

    assert outcome(Notice(**SMS)) == ("not sent", "provider not reached: ConnectionRefusedError", True)


def test_a_mail_arrives_with_its_subject(smtp):
    reference = channels.send(Notice(**MAIL), WORDS)

    (message,) = smtp.messages
    assert message["message-id"] == reference
    assert (message["to"], message["subject"]) == ("sunita@example.org", "आपका कोड")
    assert message.get_content().strip() == "संगठन: आपका कोड 123456 है।"


def test_a_mail_carries_the_calendar_file_of_its_promise(smtp):
    file = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"
    channels.send(Notice(**{**MAIL, "context": {"ics": file}}), WORDS)

    (message,) = smtp.messages
    (attached,) = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "interview.ics")
    assert attached.get_content().splitlines() == file.splitlines()


@pytest.mark.parametrize(
    ("stage", "answer", "expected"),
    [
        ("RCPT", "550 no such user", ("not sent", "the mail server said 550", False)),
        ("RCPT", "451 greylisted", ("not sent", "the mail server said 451", True)),
        ("MAIL", "552 full", ("not sent", "the mail server said 552", False)),
        ("DATA", "554 spam", ("not sent", "the mail server said 554", False)),
        ("DATA", "452 full", ("not sent", "the mail server said 452", True)),
        ("DATA", None, ("perhaps", "the line to the mail server broke: SMTPServerDisconnected")),
    ],
)
def test_what_a_mail_server_answers_decides(stage, answer, expected, smtp):
    async def handle(server, _session, *_rest):
        if answer is None:
            server.transport.abort()
            await asyncio.sleep(0.1)
        return answer or "451 gone"

    setattr(smtp, f"handle_{stage}", handle)

    assert outcome(Notice(**MAIL)) == expected


def test_a_mail_server_that_nobody_runs_is_asked_again_later(smtp, settings):
    settings.EMAIL_PORT = free_port()

    assert outcome(Notice(**MAIL)) == ("not sent", "mail server not reached: ConnectionRefusedError", True)


def test_the_console_shows_the_text_and_half_of_the_number(capsys):
    channels.send(Notice(**SMS), WORDS)

    assert capsys.readouterr().out == "\n[SMS 98••• ••345] संगठन: आपका कोड 123456 है।\n"


def test_a_file_holds_the_message(settings):
    settings.CHANNELS = {"sms": "portal.channels.files.FileSMS"}

    channels.send(Notice(**SMS, pk=7), WORDS)

    (path,) = settings.SMS_FILE_DIR.iterdir()
    assert path.name == "00000007.json"
    assert json.loads(path.read_text()) == {
        "to": "+919829012345",
        "template": "code",
        "text": "संगठन: आपका कोड 123456 है।",
        "dlt_id": "1107160000000012345",
    }


def test_a_file_is_found_where_an_installation_puts_it(settings):
    """Other tests have a folder of their own, so what the settings themselves make of the name was never tried."""
    settings.SMS_FILE_DIR = installation.SMS_FILE_DIR

    files.forget([7])

    assert files.path_of(7) == Path(os.environ["SMS_FILE_DIR"]) / "00000007.json"


def test_a_folder_that_cannot_be_written_is_tried_later(settings, tmp_path):
    settings.CHANNELS = {"sms": "portal.channels.files.FileSMS"}
    settings.SMS_FILE_DIR = tmp_path / "taken"
    settings.SMS_FILE_DIR.write_text("a file stands where the folder should")

    assert outcome(Notice(**SMS, pk=7)) == ("not sent", "file not written: NotADirectoryError", True)


def test_a_backend_that_is_not_there_loses_nothing(settings):
    settings.CHANNELS = {"sms": "portal.channels.pigeon.Pigeon"}

    assert outcome(Notice(**SMS)) == ("not sent", "the settings name no working backend for sms", True)


def test_a_mistake_in_a_channel_shows_its_place_and_nobodys_number(settings, caplog):
    settings.CHANNELS = {"sms": f"{__name__}.Clumsy"}

    assert outcome(Notice(**SMS)) == ("perhaps", "ZeroDivisionError in the channel")
    assert "test_channels.py" in caplog.text
    assert re.search(r"9829012345|123456", caplog.text) is None


@pytest.mark.django_db
def test_every_kind_of_answer_ends_in_a_state_that_a_person_can_see(provider, now):
    provider.answers = [(500, b""), (400, b""), HANG, (200, b"garbage"), CUT]
    outbox.queue(
        Notice(
            key=f"code:{number}",
            phone="+919829012345",
            template="code",
            context={"organisation": "संगठन", "code": "1"},
            due_at=now,
        )
        for number in range(6)
    )

    done = outbox.send_due(now=now)

    assert done == {"sent": 1, "failed": 1, "later": 1, "too_late": 0, "unknown": 3}
    assert list(Notice.objects.order_by("pk").values_list("status", flat=True)) == [
        NoticeStatus.QUEUED,
        NoticeStatus.FAILED,
        NoticeStatus.UNKNOWN,
        NoticeStatus.UNKNOWN,
        NoticeStatus.UNKNOWN,
        NoticeStatus.SENT,
    ]
