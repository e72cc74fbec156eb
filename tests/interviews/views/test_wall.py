"""The board on the wall, asked over the network."""

import socket
from datetime import time
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from interviews.domain import planning
from tests.factories.desk import Places, a_drive
from tests.factories.sunday import a_day


@pytest.mark.django_db(transaction=True)
def test_an_unchanged_wall_takes_less_than_three_hundred_bytes(live_server, client):
    now = timezone.now()
    places = Places(now)
    window = {"starts": time(0), "ends": time(23, 59)}
    today = a_day(a_drive(places.state, now), places.state, now, date=timezone.localdate(now), **window)
    board = planning.open_board(day=today, by=None, now=now)
    path = reverse("interviews:board", args=[board.key]) + "?part=1"
    tag, at = client.get(path)["ETag"], urlsplit(live_server.url)
    asked = f"GET {path} HTTP/1.1\r\nHost: {at.netloc}\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n"

    with socket.create_connection((at.hostname, at.port)) as line:
        line.sendall(asked.encode())
        answer = b"".join(iter(lambda: line.recv(4096), b""))

    assert answer.startswith(b"HTTP/1.1 304")
    assert len(answer) <= 300
