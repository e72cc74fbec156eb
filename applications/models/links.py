"""QR'd ways to a drive, and who came by them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Via(models.TextChoices):
    POSTER = "poster", _("poster")
    WHATSAPP = "whatsapp", "WhatsApp"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X"
    MEETING = "meeting", _("meeting")
    FRIEND = "friend", _("friend")


class ShareLink(models.Model):
    """A QR'd way to a drive: channel × unit × person. Carries nothing personal."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    drive = models.ForeignKey("applications.Drive", models.CASCADE, related_name="links", verbose_name=_("drive"))
    via = models.CharField(_("channel"), max_length=10, choices=Via, default=Via.POSTER)
    unit = models.ForeignKey(
        "committees.Unit", models.PROTECT, null=True, blank=True, related_name="share_links", verbose_name=_("unit")
    )
    person = models.ForeignKey(
        "portal.Person", models.PROTECT, null=True, blank=True, related_name="share_links", verbose_name=_("person")
    )
    referrer = models.OneToOneField(
        "applications.Application",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="own_link",
        verbose_name=_("referred by the applicant"),
    )
    label = models.CharField(_("where it hangs"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("made"))
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        indexes = [models.Index(fields=["drive", "unit"])]

    def __str__(self):
        return self.code


class Scan(models.Model):
    """How often a link was opened in one hour of a day, and by how many devices new to it. Counts, never a visitor."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="scans", verbose_name=_("share link"))
    day = models.DateField(_("day"))
    hour = models.PositiveSmallIntegerField(_("hour"), default=0)
    count = models.PositiveIntegerField(_("scans"), default=0)
    devices = models.PositiveIntegerField(_("new devices"), default=0)

    class Meta:
        verbose_name = _("scans of a day")
        verbose_name_plural = _("scans by day")
        constraints = [
            models.UniqueConstraint(fields=["link", "day", "hour"], name="one_count_a_link_and_hour"),
            models.CheckConstraint(
                condition=Q(count__gte=models.F("devices"), hour__lt=24), name="scans_are_counted_by_the_hour"
            ),
        ]

    def __str__(self):
        return f"{self.link} {self.day}: {self.count}"
