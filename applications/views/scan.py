"""The short address behind every QR."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.domain import linking
from applications.models import ShareLink
from applications.views import device
from portal import codes, robots


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
    if robots.is_person(request):
        linking.count_scan(link=link, is_new=not device.knows(request, link.code), now=timezone.now())
        device.came_by(request, response, link.code)
    return response
