"""What this device holds: signed cookies with secrets of drafts and applications, never a name or number."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from applications.domain import drafting
from applications.models import Application, Draft, Drive, ShareLink
from applications.querysets import REF_SIGNS
from portal import codes, devices

DRAFTS, OWN, CAME = "draft", "own", "came"
FOR = timedelta(days=30)
TIMES = Drive.objects.values_list("opens_at", "closes_at")
MOST = drafting.MOST_HELD


def keys(request, cookie):
    """The secrets in a cookie, newest first."""
    return devices.held(request, cookie, for_=FOR)


def remember(request, response, cookie, *secrets):
    """Put secrets in front of those that the device has."""
    held = list(dict.fromkeys([*secrets, *keys(request, cookie)]))[:MOST]
    devices.hold(response, cookie, held, for_=FOR)


def let_go(request, response, cookie, *secrets):
    """Take secrets away."""
    devices.hold(response, cookie, [key for key in keys(request, cookie) if key not in secrets], for_=FOR)


def draft_of(request, drive, pk=""):
    """The device's draft for this drive: an unfinished one first, then the one last used; or the one named.

    With it the drive's opening and closing come anew; what is sent without a draft asks for them alone.
    """
    secrets = keys(request, DRAFTS)
    found = drafting.held(drive=drive, keys=secrets)
    if str(pk).isascii() and str(pk).isdecimal() and len(pk) < 19:
        found = [draft for draft in found if draft.pk == int(pk)]
    if not found and request.method != "GET":
        drive.opens_at, drive.closes_at = get_object_or_404(TIMES, pk=drive.pk)
    return min(found, key=lambda draft: (draft.submitted_as_id is not None, secrets.index(draft.key)), default=None)


def unfinished(request):
    """All drafts of the device that were not handed in."""
    return Draft.objects.unfinished().filter(key__in=keys(request, DRAFTS)).select_related("drive")


def number(ref):
    """The application number as it is stored; what cannot be one finds nothing, and is told nothing."""
    try:
        return codes.read(ref, REF_SIGNS)
    except codes.BadCode:
        return ""


def application_of(request, ref):
    """The application, when this device has proved that it may see it."""
    rows = Application.objects.select_related("unit", "own_link")  # what else most pages need, ``keeping`` holds
    found = rows.filter(ref=number(ref), link_key__in=keys(request, OWN))
    return next(iter(found), None)  # ``first`` would order one row, which costs Django as much as all the rest


def own_or_404(request, ref):
    """The same, for pages that say nothing to anybody else."""
    application = application_of(request, ref)
    if application is None:
        raise Http404
    return application


def by_link(request, ref, page):
    """The personal link ``?k=`` opens ``page`` on this device; then the secret leaves the address."""
    code = number(ref)
    response = redirect(page, codes.pretty(code) or "-")
    key = request.GET["k"][:32]
    if Application.objects.filter(ref=code, link_key=key).exists():
        remember(request, response, OWN, key)
    return response


def own_applications(request):
    return Application.objects.filter(link_key__in=keys(request, OWN)).select_related("drive")


def links_of(request, drive):
    """The share links by which this device came first and last: (last, first)."""
    came = [code for code in keys(request, CAME) if code]
    if not came:
        return None, None
    found = {link.code: link for link in ShareLink.objects.filter(code__in=came, drive=drive, paused_at=None)}
    here = [found[code] for code in came if code in found]
    return (here[0], here[-1]) if here else (None, None)


def knows(request, code):
    """Has this device come by this code before, as far as it remembers?"""
    return code in keys(request, CAME)


def came_by(request, response, code):
    """Note the way by which the device came: the last in front, the first stays at the end."""
    former = keys(request, CAME)
    if former[:1] != [code]:
        former = [code, *former]
    devices.hold(response, CAME, former if len(former) <= MOST else [*former[: MOST - 1], former[-1]], for_=FOR)


def came_by_nobody(response):
    """Whoever scanned wants to apply without the QR's district."""
    response.delete_cookie(CAME, samesite="Lax")
    return response
