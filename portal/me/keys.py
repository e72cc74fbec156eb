"""Keys with which one's own programs read what one may read oneself: a list, a new one, the end of one."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import tokens
from portal.accounts import again
from portal.me.forms import KeyForm
from portal.models import Token

SHOWN = 50  # the newest; the ended ones go after a year
USUAL = timedelta(days=90)


@never_cache
@require_safe
def keys(request):
    """Which there are, what each may read, and when it was last used."""
    now = timezone.now()
    rows = list(Token.objects.filter(owner=request.user).order_by("-made_at", "-pk")[:SHOWN])
    for row in rows:
        row.words = [tokens.SCOPES[scope] for scope in row.scopes]
        row.is_valid = row.ended_at is None and row.expires_at > now
        row.last_day = _last_day(row)
    return TemplateResponse(request, "me/keys.html", {"keys": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Make one, after a proof that it is still the same person. It is shown on this one answer and never again."""
    if not again.proved(request):
        return TemplateResponse(request, "me/key_again.html", {"minutes": again.LATELY // 60})
    form = KeyForm(request.POST or None, initial={"until": timezone.localdate() + USUAL})
    if form.is_valid():
        told = {"name": form.cleaned_data["name"], "scopes": form.cleaned_data["scopes"]}
        try:
            token, key = tokens.issue(
                owner=request.user, expires_at=form.expires_at, by=request.user, now=timezone.now(), **told
            )
        except tokens.NameTaken:
            form.add_error("name", _("You have a valid key of this name. End it first, or take another name."))
        except tokens.EnoughKeys:
            form.add_error(None, _("You have twenty valid keys. End one that you no longer need."))
        else:
            context = {"token": token, "key": key, "last_day": _last_day(token)}
            return TemplateResponse(request, "me/key_made.html", context)
    return TemplateResponse(request, "me/key_new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_POST
def end(request, pk):
    """At once: the next request with it gets no answer."""
    token = Token.objects.filter(pk=pk, owner=request.user).first()
    if token is None:
        raise Http404
    tokens.end(token=token, by=request.user, now=timezone.now())
    messages.success(request, _("The key is ended. Nothing can be read with it any more."))
    return redirect("me:keys")


def _last_day(token):
    """As it was chosen: it ends with the midnight after it."""
    return timezone.localdate(token.expires_at - timedelta(seconds=1))
