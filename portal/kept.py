"""Public pages, rendered once for everyone and kept in memory; what is the visitor's own is put in for each.

A page is rendered for a stranger: a request without cookies, session or user,
so nothing of the person who happened to come first can stay in it. How the
visitor's own gets in: see ``portal.stencils``.
"""

import threading
import time
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from portal import robots
from portal.context import other_language
from portal.stencils import Page, shape_of

MOST = 400  # pages of about 20 KB
SECONDS = 10  # what pages are made of is looked at again after so long; at once where it is changed by this process

_pages: dict[Hashable, Page] = {}
_last: dict[str, tuple[float, Page]] = {}  # address → until when it may stand in while the database is away
_facts: dict[Hashable, tuple[float, Any]] = {}
_lock = threading.Lock()


def again(
    request: HttpRequest,
    key: Hashable,
    *,
    own: Mapping[str, str] | None = None,
    answers: Mapping[str, Any] | None = None,
) -> str | None:
    """The page kept by this key for one more visitor; ``None`` when what it is made of has changed meanwhile.

    ``answers`` are what this visitor's form begins with, where it asks everyone the same.
    """
    page = _pages.get(key)
    if page is None:
        return None
    return page.filled(spots(request) | (own or {}), page.form_with(answers or {}))


def forget() -> None:
    """Something that pages are made of has changed."""
    with _lock:
        _pages.clear()
        _facts.clear()


def remembered(key: Hashable, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, at most ``SECONDS`` old; ``None`` is asked for again."""
    until, value = _facts.get(key, (0.0, None))
    if until < time.monotonic():
        value = make()
        if value is None:
            return None
        with _lock:
            if len(_facts) >= MOST:
                _facts.clear()
            _facts[key] = time.monotonic() + SECONDS, value
    return value


class Shown(models.Model):
    """A row of which kept pages are made: they are made anew when it changes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        forget()
        return super().delete(*args, **kwargs)


def answer(
    request: HttpRequest,
    *,
    key: Hashable,
    make: Callable[[], tuple[str, dict[str, Any]]],
    own: Mapping[str, str] | None = None,
    form: BaseForm | None = None,
    stands_for: float = 0,
) -> HttpResponse | None:
    """The page for this visitor, or ``None``: then it must be rendered for them alone.

    ``key`` names all on which the page depends. ``make`` gives the template
    and its context when the page is not kept yet; it must use nothing of the
    visitor, but ``mark(name)`` for each name in ``own``. ``form`` is the
    visitor's, of which only the values are used; the context of ``make`` has
    one for strangers under the same name. When both do not ask the same in
    the same words, the answer is ``None``. ``stands_for``: how many seconds a
    page that has nothing of anybody may stand in for itself, see ``last``.
    """
    if not _may_be(request):
        return None
    page = _pages.get(key)
    if page is None:
        page = _keep(key, Page(*make(), path=request.path))
        if stands_for and not request.GET:
            cache.set(_shelf(request.path), (time.time() + stands_for, page), max(1, stands_for))
    if form is not None and page.shape != shape_of(form):
        return None
    response = HttpResponse(page.filled(spots(request) | (own or {}), form))
    if stands_for and not request.GET:
        with _lock:
            _last[request.path] = time.time() + stands_for, page
        response.stays = partial(again, key=key), min(stands_for, SECONDS)
    return response


def last(request: HttpRequest) -> HttpResponse | None:
    """The page as it last stood at this address, for while the database is away; ``None`` where it is too old.

    A process that has just begun finds it in the shared cache; without one each process has its own.
    """
    if request.method != "GET":
        return None
    for find in (_last.get, lambda path: cache.get(_shelf(path))):
        until, page = find(request.path) or (0.0, None)
        if page is not None and until >= time.time():
            return HttpResponse(page.filled(spots(request)))
    return None


def _shelf(path: str) -> str:
    return f"last:{sha256(path.encode()).hexdigest()[:32]}"


def spots(request: HttpRequest) -> dict[str, str]:
    """What is new in every answer."""
    return {
        "csrf_token": get_token(request),
        "csp_nonce": str(request.csp_nonce),
        "other_language_url": other_language(request),
        "page_made": robots.stamp(),
    }


def _may_be(request: HttpRequest) -> bool:
    """Not for who is signed in, and not for who is to be told what just happened."""
    if not settings.KEEP_PAGES or request.method != "GET" or "messages" in request.COOKIES:
        return False
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return True
    return not (request.user.is_authenticated or "_messages" in request.session)


def _keep(key: Hashable, page: Page) -> Page:
    with _lock:
        while len(_pages) >= MOST:
            del _pages[next(iter(_pages))]
        _pages[key] = page
    return page


class ShownRows(models.QuerySet):
    """Such rows, changed many at once."""

    def update(self, **values: Any) -> int:
        forget()
        return super().update(**values)
