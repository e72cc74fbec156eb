"""Who did what. The table only grows; triggers in the database see to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One thing that happened, written by ``portal.audit`` alone.

    ``data`` holds no names, phones or marks: the log outlives what people
    may ask us to erase.
    """

    at = models.DateTimeField(_("when"))
    verb = models.CharField(_("what"), max_length=60)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, verbose_name=_("who"))
    kind = models.CharField(_("kind of thing"), max_length=60)
    thing = models.CharField(_("which"), max_length=60)
    data = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["kind", "thing", "at"]), models.Index(fields=["-at"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.kind} {self.thing}"
