"""Who wants no messages to many presses one button, and still hears what concerns them alone."""

import pytest

from portal import moments, outbox
from portal.models import Notice, NoticeTemplate
from portal.models.notices import NoticeStatus, Urgency
from tests.portal.outbox.world import NOTHING, hello, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def news(monkeypatch, now):
    """A template for many, with the way out in its words."""
    monkeypatch.setattr(moments, "urgency_of", lambda template: Urgency.MANY if template == "news" else Urgency.USUAL)
    words = {"template": "news", "language": "hi", "text": "((name)) जी। बंद करें: ((stop))"}
    NoticeTemplate.objects.create(**words, made_at=now, approved_at=now)


def link_in(provider):
    return provider.messages[-1]["text"].partition(": ")[2].removeprefix("http://testserver")


def test_the_link_stops_what_goes_to_many_and_nothing_else(provider, now, client):
    outbox.queue([hello(now, "first", template="news")])
    outbox.send_due(now=now)
    link = link_in(provider)
    outbox.queue([hello(now, "waits", template="news")])

    page = client.get(link)
    client.post(link)
    outbox.queue([hello(now, "second", template="news"), hello(now, "own"), hello(now, "request:1", template="news")])

    assert "••345" in page.content.decode()
    assert statuses() == {
        "first": NoticeStatus.SENT,
        "waits": NoticeStatus.CANCELLED,
        "own": NoticeStatus.QUEUED,
        "request:1": NoticeStatus.QUEUED,
    }


def test_the_same_page_has_them_sent_again(provider, now, client):
    outbox.queue([hello(now, template="news")])
    outbox.send_due(now=now)
    link = link_in(provider)

    client.post(link)
    stopped = client.get(link).content.decode()
    client.post(link, {"again": "1"})
    outbox.queue([hello(now, "second", template="news")])

    assert 'name="again"' in stopped
    assert outbox.send_due(now=now) == NOTHING | {"sent": 1}


def test_nobody_but_us_can_write_such_a_link_and_it_holds_no_number(provider, now, client):
    outbox.queue([hello(now, template="news"), hello(now, "another", template="news", phone="+919829000001")])
    outbox.send_due(now=now)
    link = link_in(provider)
    token = link.split("/")[-2]
    number, proof = token.split("~")

    assert client.get(link).status_code == 200
    last = "y" if proof.endswith("x") else "x"
    for forged in (f"{number}1~{proof}", f"{number}~{proof[:-1]}{last}", "x", f"{number}~", "~~~"):
        assert client.get(f"/stop/{forged}/").status_code == 404
    Notice.objects.update(phone="", email="a@example.org")
    assert client.get(link).status_code == 404


def test_who_withdrew_all_consent_hears_nothing_although_they_have_them_sent_again(now):
    outbox.silence(phone="+919829012345", now=now)
    outbox.break_silence(phone="+919829012345", only_many=True)

    outbox.queue([hello(now, template="news"), hello(now, "own")])

    assert statuses() == {}
