"""Whole addresses of pages, as they stand in messages."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def whole(name: str, *arguments: str, language: str = "hi", **query: str) -> str:
    """``SITE_URL`` with the path of a page in ``language`` and what is asked of it."""
    with translation.override(language):
        path = reverse(name, args=arguments)
    asked = "&".join(f"{word}={value}" for word, value in query.items())
    return f"{settings.SITE_URL}{path}{'?' if asked else ''}{asked}"
