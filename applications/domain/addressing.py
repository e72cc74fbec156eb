"""Where an applicant finds their own application, from a message."""

from django.conf import settings

from applications.models import Application
from portal import codes


def status_url(application: Application) -> str:
    """The personal link: it opens without sign-in, so it goes only to the applicant's own phone."""
    prefix = "/en" if application.language == "en" else ""
    return f"{settings.SITE_URL}{prefix}/a/{codes.pretty(application.ref)}/?k={application.link_key}"
