"""One way through the form: whose draft it is, where its pages lie, what the device or the desk remembers."""

import secrets

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from applications.domain import drafting, telling
from applications.steps import CHECK, STEPS
from applications.views import device


class Walk:
    """An applicant's own way, held by a cookie of the device."""

    step_page, check_page = "applications:apply", "applications:check"
    by = None

    def __init__(self, request, drive):
        self.request = request
        self.drive = drive
        self.now = timezone.now()
        self.draft = self.held()

    def held(self):
        return device.draft_of(self.request, self.drive, pk=self.request.POST.get("draft", ""))

    @property
    def is_taken(self):
        """Does the drive still take what was or will be begun here?"""
        return self.drive.takes(self.draft, self.now)

    def may_see(self, step):
        """Is this step open to be filled in? The first begins a draft; what was handed in shows its receipt."""
        if self.draft is None:
            return step == STEPS[0] and self.is_taken
        return not self.draft.submitted_as_id and self.is_taken

    def address(self, step):
        if step == CHECK:
            return reverse(self.check_page, args=[self.drive.slug])
        return reverse(self.step_page, args=[self.drive.slug, step])

    @property
    def start_url(self):
        return reverse("applications:landing", args=[self.drive.slug])

    def begin(self):
        """A draft for what is about to be saved. Raises ``drafting.Closed``."""
        link, first_link = device.links_of(self.request, self.drive)
        return self._begun(link=link, first_link=first_link)

    def _begun(self, **values):
        page = self.request.POST.get("page", "")[:64]
        values |= {"language": get_language(), "now": self.now, "page": page, "by": self.by}
        self.draft = drafting.begin(drive=self.drive, **values)
        self.draft.drive = self.drive
        return self.draft

    def remember(self, response):
        device.remember(self.request, response, device.DRAFTS, self.draft.key)

    def let_go(self, response):
        device.let_go(self.request, response, device.DRAFTS, self.draft.key)

    def receipt_url(self, application):
        return reverse("applications:status", args=[application.ref])

    def picking(self):
        """Where the picker looks first, and what its form must know."""
        return self.draft.link.unit if self.draft and self.draft.link else None

    def form_details(self, step):
        """What some forms are told beside the drive and the clock."""
        return {"has_photo": bool(self.draft and self.draft.photo_id)} if step == "photo" else {}

    @property
    def page(self):
        """A secret for the page that begins a draft: pressed twice, it begins one."""
        return "" if self.draft else secrets.token_urlsafe(16)

    @property
    def self_url(self):
        """The link by which somebody goes on later, ready to be sent to oneself."""
        if self.draft is None or not self.draft.phone:
            return ""
        return telling.own_whatsapp(self.draft.phone, telling.resume_page(self.draft))
