"""Pages that anyone may open: the drives, one drive, the notice."""

from datetime import timedelta
from urllib.parse import quote
from zlib import crc32

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from applications import posters
from applications.domain import linking, opening
from applications.forms.contact import AskForm
from applications.models import Drive, ShareLink
from applications.models.drives import GRACE
from applications.views import device, keeping
from portal import brand, codes, dates, folding, organisation, robots, throttle
from portal.robots import Seen
from portal.views import too_many

LAST_DAY, LAST_HOUR = timedelta(days=1), timedelta(hours=1)
FEW = 10  # below this, a rounded number would tell too much
OTHERS = 5


@login_not_required
@require_safe
def drives(request):
    """All drives that are open, then those that will open; of them those that are searched for."""
    now, words = timezone.now(), request.GET.get("q", "")[:80].split()
    rows = Drive.objects.filter(closes_at__gt=now).select_related("unit").order_by("closes_at")
    everything = [drive for drive in rows if all(folding.key(word) in _told(drive) for word in words)]
    context = {
        "open": [drive for drive in everything if drive.is_open(now)],
        "later": [drive for drive in everything if not drive.is_open(now)],
        "now": now,
        "searched": " ".join(words),
    }
    return TemplateResponse(request, "applications/drives.html", context)


def _told(drive):
    """By what a drive is found: its title and its place, in either script."""
    said = f"{drive.title_hi} {drive.title_en} {drive.unit.name_hi} {drive.unit.name_en}"
    return " ".join(map(folding.key, said.split()))


@login_not_required
@require_safe
def landing(request, slug):
    """One drive, from before it opens until long after it closed."""
    if request.GET.get("q") == "":
        return device.came_by_nobody(redirect("applications:landing", _drive(slug).slug))
    now = timezone.now()
    if page := keeping.landing(request, slug, now, _asked_link, _landing):
        return page
    drive = _drive(slug)
    context = {"drive": drive, "now": now}
    if now >= drive.closes_at:
        context |= {**share(drive, None), **_closed(drive, now)}
        return TemplateResponse(request, "applications/closed.html", context)
    return TemplateResponse(request, "applications/landing.html", _landing(drive, _asked_link(request, drive), now))


def _landing(drive, link, now):
    return {"drive": drive, "now": now, **share(drive, link), "form": AskForm(), **_coming(drive, now)}


@login_not_required
@require_POST
def tell(request, slug):
    """Promise a word at the opening."""
    drive = _drive(slug)
    form = AskForm(request.POST)
    now = timezone.now()
    seen = robots.look_at(request.POST)
    if not form.is_valid() or seen is Seen.TOO_QUICK:
        context = {"drive": drive, "now": now, **share(drive, None), "form": form, **_coming(drive, now)}
        context |= {"quick": not form.errors}
        return TemplateResponse(request, "applications/landing.html", context, status=422)
    if seen is Seen.PERSON:
        phone = form.cleaned_data["phone"]
        try:
            throttle.hit("tell", phone, limit=5, seconds=3600)
        except throttle.TooMany as reached:
            return too_many(request, wait=reached.wait)
        opening.tell_when_open(drive=drive, phone=phone, language=get_language(), now=now)
    messages.success(request, _("You will get one SMS when applications open."))
    return redirect("applications:landing", slug)


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def og(request, slug):
    """The picture beside a shared link; its address changes with the words on it."""
    drive = _drive(slug)
    key = f"og:{drive.pk}:{get_language()}:{picture_version(drive)}"
    picture = cache.get(key)
    if picture is None:
        picture = _draw(drive)
        cache.set(key, picture, 86400)
    return HttpResponse(picture, content_type="image/jpeg")


def picture_version(drive):
    """Changes when the picture does: messengers keep the old one for weeks."""
    words = f"{drive.title}|{drive.purpose}|{drive.closes_at.isoformat()}"
    return f"{crc32(words.encode()):x}"


def share(drive, link):
    """How the drive is passed on: address, picture and the text for WhatsApp."""
    page = reverse("applications:landing", args=[drive.slug])
    address = linking.url(link) if link else f"{settings.SITE_URL}{page}"
    text = _("%(title)s – apply by %(moment)s: %(url)s") % {
        "title": drive.title,
        "moment": dates.moment(drive.closes_at),
        "url": address,
    }
    return {
        "link": link,
        "share_url": address,
        "share_text": quote(text),
        "page_url": f"{settings.SITE_URL}{page}",
        "og_url": f"{settings.SITE_URL}{reverse('applications:og', args=[drive.slug])}?v={picture_version(drive)}",
    }


def _drive(slug):
    return get_object_or_404(Drive.objects.select_related("unit").with_last_extension(), slug=slug)


def _asked_link(request, drive):
    """The QR by which the visitor came, when the address still names it."""
    try:
        code = codes.read(request.GET.get("q", ""))
    except codes.BadCode:
        return None
    return ShareLink.objects.select_related("unit").filter(code=code, drive=drive).first()


def _coming(drive, now):
    left = drive.closes_at - now
    return {
        "before": now < drive.opens_at,
        "last_day": now >= drive.opens_at and left <= LAST_DAY,
        "last_hour": left <= LAST_HOUR,
        "grace": GRACE.seconds // 60,
        "criteria": list(drive.criteria.all()),
    }


def _closed(drive, now):
    count = drive.applications.count()
    step = 10 ** max(len(str(count)) - 2, 1)  # 2,487 people are "more than 2,400"
    others = Drive.objects.open(now).exclude(pk=drive.pk).select_related("unit").order_by("closes_at")
    return {"received": (count - 1) // step * step if count > FEW else 0, "others": list(others[:OTHERS])}


def _draw(drive):
    """With its purpose when that fits, else with the title alone."""
    for subtitle in (drive.purpose, ""):
        try:
            return posters.draw(_poster(drive, subtitle), posters.Size.OG, language=get_language())
        except (posters.TextTooLong, posters.Unprintable):
            continue
    raise Http404


def _poster(drive, subtitle):
    ours = organisation.current()
    address = f"{settings.SITE_URL}{reverse('applications:landing', args=[drive.slug])}"
    return posters.Poster(
        organisation=ours.name,
        title=drive.title,
        subtitle=subtitle,
        deadline_text=dates.moment(drive.closes_at),
        url=address,
        short_url_text=address.partition("://")[2],
        brand=brand.colours(ours.brand),
    )
