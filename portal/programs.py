"""What every address for programs has in common: the key in a header, limits, lists in pieces, answers in words.

Nothing here looks at cookies: who is signed in at a browser is nobody here, so
no page of another site can ask in a visitor's name.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Annotated, Any, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from ninja import Query, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer

from portal import throttle, tokens
from portal.bilingual import spoken
from portal.models import Token

ROOT = "/api/v1/"
MINUTE = 60
OF_A_KEY = 120  # requests a minute
OF_AN_ADDRESS = 600  # a whole office may sit behind one
REFUSALS = {  # status → the word for programs, and what to do
    400: ("unreadable", gettext_lazy("This cannot be read. Look at the address's description for what it takes.")),
    401: (
        "key",
        gettext_lazy("Send a valid key: %(header)s. You make one on the page “Keys for programs”."),
    ),
    404: ("nothing", gettext_lazy("There is nothing here that you may see. Each address ends with a slash.")),
    408: ("slow", gettext_lazy("The line broke before everything had come. Send it again.")),
    413: ("large", gettext_lazy("This is too much at once. Send it in smaller parts.")),
    500: ("broken", gettext_lazy("A fault of ours; it is written down. Ask again later.")),
    503: ("away", gettext_lazy("Nothing can be read just now. Ask again in a minute.")),
}

Row = TypeVar("Row")
Limit = Annotated[int, Query(ge=1, le=100, description="How many of a list at once.")]
After = Annotated[str, Query(max_length=240, description="The `next` of the piece before.")]


class Spoken(Schema):
    """A name in Hindi and in English; the Hindi one twice where nobody has written the other."""

    hi: str
    en: str


def both(row: object, field: str) -> dict[str, str]:
    """``field_hi`` and ``field_en`` of a row."""
    return {language: spoken(row, field, language) for language in ("hi", "en")}


class Problem(Schema):
    """Why there is no answer, in words that say how to mend it. ``code`` is for programs, ``fields`` names values."""

    code: str
    detail: str
    fields: dict[str, str]


OPEN = dict.fromkeys((400, 404, 422, 429), Problem)  # answers besides the wanted one, of what needs no key
KEYED = {401: Problem, 403: Problem, **OPEN}


class Key(HttpBearer):
    """A key made on the page of one's keys, with the scope that the address asks for."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The key of the header, whose owner decides what is seen. Raises ``throttle.TooMany`` or ``HttpError``."""
        found = tokens.find(key=token, now=timezone.now())
        if found is None:
            return None
        throttle.hit("api-key", str(found.pk), limit=OF_A_KEY, seconds=MINUTE)
        if self.scope not in found.scopes:
            raise HttpError(403, _("This key may not read “%(scope)s”. Make one that may.") % {"scope": self.scope})
        return found


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What comes before and after each address: the language, the limit of the caller's address, no storing."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with translation.override(language_of(request)):
            response = _answer(view, request, kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            response["Content-Language"] = translation.get_language() or ""
            response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def _answer(view: Callable[..., HttpResponse], request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
    try:
        throttle.hit("api-address", throttle.address_of(request), limit=OF_AN_ADDRESS, seconds=MINUTE)
    except throttle.TooMany as reached:
        return too_many(reached.wait)
    if request.method == "HEAD":
        request.method = "GET"  # the server leaves the body out
    response = view(request, **kwargs)
    if response.status_code != 405:
        return response
    refused = problem(405, "method", _("This address is asked in another way: %(ways)s.") % {"ways": response["Allow"]})
    refused["Allow"] = response["Allow"]
    return refused


def language_of(request: HttpRequest) -> str:
    """The first of our languages that the program names; Hindi when it names none."""
    ours = {code for code, _name in settings.LANGUAGES}
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    named = (language.partition("-")[0] for language, _weight in asked)
    return next((language for language in named if language in ours), settings.LANGUAGE_CODE)


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """An answer that is no answer, as JSON."""
    return JsonResponse(
        {"code": code, "detail": detail, "fields": {}, **more}, status=status, json_dumps_params={"ensure_ascii": False}
    )


def refused(status: int) -> HttpResponse:
    """The same, in the words that this status always has."""
    code, detail = REFUSALS[status]
    return problem(status, code, detail % {"header": "Authorization: Bearer …"})


def outside(request: HttpRequest, status: int) -> HttpResponse | None:
    """What a program gets in place of a page in words, when something was refused before its address was reached."""
    if not request.path_info.startswith(ROOT) or status not in REFUSALS:
        return None
    with translation.override(language_of(request)):
        return refused(status)


def too_many(wait: int) -> HttpResponse:
    """The limit of a key or of an address is reached."""
    refused = problem(429, "too_many", _("Too many requests. Ask again in %(seconds)d seconds.") % {"seconds": wait})
    refused["Retry-After"] = str(wait)
    return refused


def piece(rows: list[Row], *, limit: int, key: Callable[[Row], str]) -> dict[str, Any]:
    """The first ``limit`` of rows that were asked for one more, and where the next piece begins."""
    shown = rows[:limit]
    return {"items": shown, "next": key(shown[-1]) if len(rows) > limit else None}


def piece_after(rows: list[Row], *, after: Hashable, limit: int, key: Callable[[Row], str]) -> dict[str, Any]:
    """The same of a list that is there as a whole, after the row of this key; none of that key: from the beginning."""
    begin = next((at + 1 for at, row in enumerate(rows) if key(row) == after), 0)
    return piece(rows[begin : begin + limit + 1], limit=limit, key=key)
