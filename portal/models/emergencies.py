"""What happens outside the daily round: rights for an hour, and signs of life."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class BreakGlass(models.Model):
    """An administrator may see what is hidden from the post, for one hour, when a second person agreed."""

    user = models.ForeignKey("portal.User", models.PROTECT, related_name="glasses", verbose_name=_("who"))
    reason = models.CharField(_("reason"), max_length=300)
    asked_at = models.DateTimeField(_("asked"))
    agreed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed to by")
    )
    agreed_at = models.DateTimeField(_("agreed to"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("user")), name="two_persons_break_the_glass"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(agreed_by__isnull=False), name="no_emergency_without_a_second_person"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_emergency_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.user} · {self.asked_at:%Y-%m-%d %H:%M}"


class Pulse(models.Model):
    """The last sign of life of something that runs by itself: the clock, a backup, a count."""

    name = models.SlugField(_("what"), max_length=40, unique=True)
    at = models.DateTimeField(_("last time"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self):
        return f"{self.name} · {self.at:%Y-%m-%d %H:%M}"
