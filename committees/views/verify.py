"""Is this paper real? Anyone may ask, with the code that is printed on it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal import codes, documents, signatures, throttle
from portal.models import Document
from portal.views import too_many

MISSES_AN_HOUR = 20
HOUR = 3600
KEPT = 5 * 60  # seconds for which a phone may show the same answer; the page tells its time


@login_not_required
def ask(request):
    """Type a code."""
    typed = request.GET.get("code", "")
    if not typed:
        return _page(request, "ask")
    try:
        code = codes.read(typed, documents.CODE_LENGTH)
    except codes.BadCode:
        return _missed(request, "mistyped", typed)
    return redirect("committees:verify", codes.pretty(code))


@login_not_required
def verify(request, code):
    """What the office knows of this code. A wrong check sign never reaches the database.

    What a scanned QR says by itself comes along in the address: whether it bears our signature is told too.
    """
    try:
        read = codes.read(code, documents.CODE_LENGTH)
    except codes.BadCode:
        return _missed(request, "mistyped", code)
    document = Document.objects.filter(code=read).first()
    if document is None:
        return _missed(request, "unknown", code)
    said = request.META["QUERY_STRING"].encode("latin-1").decode(errors="replace")  # a scanner may send bare UTF-8
    now, signed = timezone.now(), signatures.holds(read, said)
    standing = documents.standing(document, now) if signed is not False else "altered"
    number = documents.number_of(document)
    response = _page(request, standing, document=document, now=now, signed=signed, number=number)
    response["Cache-Control"] = f"max-age={KEPT}"
    return response


@login_not_required
@require_safe
@cache_control(max_age=24 * HOUR)
def key(request):
    """What anybody needs to check the signature in a QR without us."""
    told = [
        "Ed25519, base64url; signs UTF-8: <code without dashes>;<words behind the ? of the address, but the last>",
        *signatures.public_keys(),
    ]
    return HttpResponse("".join(f"{line}\n" for line in told), content_type="text/plain; charset=utf-8")


def _missed(request, standing, typed):
    try:
        throttle.hit("verify", throttle.address_of(request), limit=MISSES_AN_HOUR, seconds=HOUR)
    except throttle.TooMany as limit:
        return too_many(request, wait=limit.wait)
    return _page(request, standing, status=404, typed=typed[:20])


def _page(request, standing, *, status=200, **context):
    titles = {
        "ask": _("Check a letter"),
        "valid": _("Valid"),
        "revoked": _("Cancelled"),
        "replaced": _("Replaced"),
        "expired": _("Term is over"),
        "altered": _("Altered"),
        "unknown": _("Not found"),
        "mistyped": _("Mistyped"),
    }
    context |= {"standing": standing, "heading": titles[standing]}
    response = TemplateResponse(request, "committees/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
