"""A message on the phone of who got it, by the personal link; and what others see of what was passed on."""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, Q
from django.db.models.functions import Length
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import access, broadcasting
from committees.domain.relaying import answering, reminding, telling
from committees.models import Relay
from committees.models.broadcasts import Audience
from committees.views.messages import picture_of
from portal import addresses, codes, outbox, robots
from portal.models import Notice

NAMED = 40  # people of the next level, those first who have not read it


@login_not_required
@never_cache
def own(request, key):
    """The message, two buttons, and who of the next level has read it. No sign-in; the link is the key."""
    relay, now = _relay_or_404(key), timezone.now()
    if request.method == "POST":
        _said(request, relay, now)
        return redirect("committees:message-own", key)
    if robots.is_person(request):
        answering.open_page(relay=relay, now=now)
    broadcast = relay.broadcast
    below, unread_first = relay.below.filter(told_at__isnull=False), F("acknowledged_at").asc(nulls_first=True)
    context = {
        "relay": relay,
        "broadcast": broadcast,
        "text": broadcasting.latest_text(broadcast),
        "is_corrected": broadcasting.is_corrected(broadcast),
        "picture_kb": _kilobytes(relay),
        "short": _short(relay),
        "is_over": broadcast.valid_until <= now,
        "below": below.aggregate(all=Count("pk"), read=Count("acknowledged_at"), free=Count("pk", filter=_free(now))),
        "people": below.select_related("person", "unit").order_by(unread_first, "unit__path", "pk")[:NAMED],
        "stop": _stop_link(relay),
        "longest_reply": answering.LONGEST_REPLY,
    }
    return _hidden(TemplateResponse(request, "committees/message_own.html", context))


@login_not_required
@never_cache
@require_safe
def pass_on(request, key):
    """The tap is counted; WhatsApp opens with the words and this person's own short link."""
    relay = _relay_or_404(key)
    try:
        if robots.is_person(request):
            answering.pass_on(relay=relay, now=timezone.now())
    except answering.Over:
        return redirect("committees:message-own", key)
    text = broadcasting.latest_text(relay.broadcast).text
    lines = [text, "", *filter(None, [relay.broadcast.link, _short(relay)])]
    return _hidden(HttpResponseRedirect(f"https://wa.me/?text={quote(chr(10).join(lines))}"))


@login_not_required
@never_cache
@require_safe
def own_picture(request, key):
    """To be saved and sent."""
    relay = _relay_or_404(key)
    return picture_of(relay.broadcast)


@login_not_required
@never_cache
@require_safe
def copy(request, code):
    """What is for the public, for everybody; what is for workers, for those who have a link of their own."""
    relay, now = _passed_on_or_404(code), timezone.now()
    broadcast = relay.broadcast
    if robots.is_person(request):
        answering.click(relay=relay, now=now)
    if broadcast.audience == Audience.WORKERS:
        mine = _own_of(request.user, broadcast)
        if mine is not None:
            return redirect("committees:message-own", mine.link_key)
        return _hidden(TemplateResponse(request, "committees/message_workers.html", {"broadcast": broadcast}))
    text = broadcasting.latest_text(broadcast)
    context = {
        "broadcast": broadcast,
        "text": text,
        "is_corrected": broadcasting.is_corrected(broadcast),
        "headline": broadcasting.headline(text.text),
        "code": relay.code,
        "picture_kb": _kilobytes(relay),
        "is_over": broadcast.valid_until <= now,
        "address": _short(relay),
        "share": quote(f"{text.text}\n\n{_short(relay)}"),
    }
    return _hidden(TemplateResponse(request, "committees/message_copy.html", context))


@login_not_required
@never_cache
@require_safe
def copy_picture(request, code):
    """The picture of what is for the public."""
    relay = _passed_on_or_404(code)
    if relay.broadcast.audience == Audience.WORKERS or relay.broadcast.recalled_at:
        raise Http404
    return picture_of(relay.broadcast)


def _relay_or_404(key):
    return get_object_or_404(_shown().select_related("person", "unit"), link_key=key, person__erased_at=None)


def _passed_on_or_404(code):
    try:
        known = codes.read(code, broadcasting.CODE_SIGNS)
    except codes.BadCode:
        raise Http404 from None
    return get_object_or_404(_shown(), code=known)


def _shown():
    """With the words, and of the picture only how large it is."""
    rows = Relay.objects.select_related("broadcast").prefetch_related("broadcast__texts")
    return rows.defer("broadcast__picture").annotate(picture_bytes=Length("broadcast__picture"))


def _own_of(user, broadcast):
    if not user.is_authenticated or access.is_looked_through(user):
        return None
    return Relay.objects.filter(broadcast=broadcast, person=user.person_id).first()


def _said(request, relay, now):
    """What the person pressed."""
    try:
        match request.POST.get("do"):
            case "read":
                answering.acknowledge(relay=relay, now=now)
            case "reply":
                answering.reply(relay=relay, words=request.POST.get("reply", ""), now=now)
                messages.success(request, _("Your reply is noted. Thank you."))
            case "remind":
                asked = reminding.remind_below(relay=relay, now=now)
                told = ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", asked)
                messages.success(request, told % {"n": asked})
    except answering.Over:
        messages.warning(request, _("This message was called back."))
    except answering.NoWords:
        messages.warning(request, _("Write your reply in at most 300 letters."))
    except reminding.TooSoon:
        messages.info(request, _("They were reminded within the last six hours."))


def _short(relay):
    return addresses.whole("committees:message-copy", relay.code)


def _free(now):
    """Those who may be reminded now."""
    return Q(acknowledged_at=None) & reminding.not_reminded(now)


def _kilobytes(relay):
    return relay.picture_bytes // 1024 + 1 if relay.picture_bytes else 0


def _stop_link(relay):
    """The way out of messages to many stands on the page to which the SMS led."""
    notice = Notice.objects.filter(key=telling.key_of("message", relay)).exclude(phone="").first()
    return outbox.stop_link(notice) if notice else ""


def _hidden(response):
    response["X-Robots-Tag"] = "noindex"
    return response
