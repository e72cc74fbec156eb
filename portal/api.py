"""The addresses for programs, of all apps together; how each behaves is in ``portal.programs``."""

import logging
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer

from applications.api import router as drives
from committees.api import router as units
from portal import programs, receipts, throttle, tokens
from portal.me.api import router as me
from portal.views import WAIT

log = logging.getLogger("srijan")

CODES = {400: "unreadable", 403: "scope"}
KINDS = {
    Http404: 404,
    RequestDataTooBig: 413,
    UnreadablePostError: 408,
    (OperationalError, InterfaceError): 503,
}
ABOUT = """Read what the pages of your own posts show; names and numbers as there, never more.

Drives are open to everybody. All else needs a key: `Authorization: Bearer srijan_…`. Its owner makes it on the page
`/me/keys/`, names what it may read (`drives`, `units`, `coverage`, `me`) and ends it at any time. Each request asks
what the owner may do at that moment: an ended post opens nothing.

A key may ask 120 times a minute, an address 600 times; then comes 429 with `Retry-After`. `Accept-Language: en` gives
English words, Hindi is the default. Each error is JSON: `code` for programs, `detail` says how to mend it.
"""


class Readable(JSONRenderer):
    """Hindi as it is, at half the size."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Srijan",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    servers=[{"url": settings.SITE_URL}],
    renderer=Readable(),
)
api.add_router("", drives)
api.add_router("", units)
api.add_router("/me/", me)
api.add_router("/receipts/", receipts.router)


def addresses() -> list[URLPattern]:
    """Each address behind the door that all share; whatever else begins so is nothing, in words."""
    found, _app, _space = api.urls
    routes = [(str(entry.pattern), entry.callback, entry.name) for entry in found if entry.name != "api-root"]
    routes += [("", root, "api-root"), ("openapi.json", openapi, "openapi"), ("<path:rest>", nowhere, "nowhere")]
    return [path(route, programs.door(view), name=name) for route, view, name in routes]


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """For people: what programs can read here, and how to begin."""
    context = {"scopes": tokens.SCOPES.items(), "of_a_key": programs.OF_A_KEY, "of_an_address": programs.OF_AN_ADDRESS}
    return TemplateResponse(request, "portal/api.html", context)


def root(request: HttpRequest) -> HttpResponse:
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return api.create_response(request, {"openapi": f"{settings.SITE_URL}{programs.ROOT}openapi.json"}, status=200)


def openapi(request: HttpRequest) -> HttpResponse:
    """What there is, for programs that read OpenAPI."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return api.create_response(request, described(), status=200)


@cache
def described() -> dict[str, Any]:
    """The same for everybody and for as long as the process lives."""
    return api.get_openapi_schema()


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    return programs.refused(404)


# --- what goes wrong -----------------------------------------------------------------------------


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    refused = programs.refused(401)
    refused["WWW-Authenticate"] = "Bearer"
    return refused


@api.exception_handler(HttpError)
def said(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return programs.problem(problem.status_code, CODES[problem.status_code], problem.message)


@api.exception_handler(throttle.TooMany)
def too_many(request: HttpRequest, problem: throttle.TooMany) -> HttpResponse:
    return programs.too_many(problem.wait)


@api.exception_handler(ValidationError)
def unfit(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    fields = {".".join(map(str, each["loc"][1:])): each["msg"] for each in problem.errors}
    return programs.problem(422, "values", _("These values are not as they should be."), fields=fields)


@api.exception_handler(Http404)
@api.exception_handler(Exception)
def broken(request: HttpRequest, problem: Exception) -> HttpResponse:
    """What is not there, what came broken, the database that is away; the rest is a fault of ours, written down."""
    status = next((status for kinds, status in KINDS.items() if isinstance(problem, kinds)), 500)
    refused = programs.refused(status)
    if status == 503:
        refused["Retry-After"] = str(WAIT)
    if status == 500:
        log.error("an address for programs broke", exc_info=problem)
    return refused
