"""The short address behind every QR."""

import re

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.domain import linking
from applications.models import ShareLink
from applications.views import device
from portal import codes

# Who looks at a link for somebody else: previews of messengers, search engines, programs. People read in the
# browser that Telegram brings along, and hold phones of the maker Cubot.
ROBOTS = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|facebookexternalhit|meta-external|whatsapp/|curl|wget|python|okhttp"
    r"|monitor",
    re.IGNORECASE,
)


@login_not_required
@never_cache
@require_safe
def scan(request, code):
    """Count, remember by which way this device came, and lead to the drive. An unknown code leads to all drives."""
    try:
        link = ShareLink.objects.select_related("drive").filter(code=codes.read(code)).first()
    except codes.BadCode:
        link = None
    if link is None:
        return redirect("applications:drives")
    response = redirect(f"{reverse('applications:landing', args=[link.drive.slug])}?q={link.code}")
    if request.method == "GET" and not ROBOTS.search(request.headers.get("User-Agent", "")):
        linking.count_scan(link=link, is_new=not device.knows(request, link.code), now=timezone.now())
        device.came_by(request, response, link.code)
    return response
