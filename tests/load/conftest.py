"""Figures are taken of what a server would run, without what tests put in between."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.template import Template
from django.test.utils import _TestState


@pytest.fixture
def as_served(db, settings, monkeypatch, tmp_path):
    """Templates are not watched, files are not looked for, the connection stays as it does on a server."""
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
