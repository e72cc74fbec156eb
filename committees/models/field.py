"""What an in-charge does outside, and what the public tells of a paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models.units import Unit


class Visit(models.Model):
    """A visit to a unit. ``key`` was made on the phone: what is sent twice is written down once."""

    key = models.CharField(max_length=40, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits", verbose_name=_("unit"))
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="visits", verbose_name=_("who went"))
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120)
    met = models.PositiveIntegerField(_("people met"), default=0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("written down"))

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.unit} · {self.on}"


class VisitPhoto(models.Model):
    """What it looked like there: a WebP made anew, and a small one for lists."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="photo", verbose_name=_("visit"))
    image = models.BinaryField(_("photo"))
    small = models.BinaryField(_("small photo"))
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(_("written down"))

    class Meta:
        verbose_name = _("photo of a visit")
        verbose_name_plural = _("photos of visits")

    def __str__(self):
        return f"{self.width}×{self.height}"


class FakeReport(models.Model):
    """Somebody holds a paper whose code says something else, or nothing."""

    code = models.CharField(_("code on the paper"), max_length=24)
    words = models.CharField(_("what is wrong"), max_length=500)
    phone = models.CharField(_("mobile number"), max_length=13, blank=True)
    at = models.DateTimeField(_("reported"))
    seen_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked at by")
    )
    finding = models.CharField(_("what was found"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("report of a fake")
        verbose_name_plural = _("reports of fakes")
        ordering = ["-at"]

    def __str__(self):
        return self.code
