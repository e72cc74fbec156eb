"""What an in-charge asks the state office: questions that both write on until one closes them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models.units import Unit
from committees.querysets import ThreadLineQuerySet, ThreadQuerySet


class Thread(models.Model):
    """A question of whoever looks after ``unit``, about a unit or nothing in particular.

    It belongs to the unit: who comes after the asker finds it. Whether it waits
    for the office is read from its lines.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="threads", verbose_name=_("asked from"))
    about = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about which unit")
    )
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("when it was asked"))
    seen_at = models.DateTimeField(_("answer seen by who asked"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the state office")
        verbose_name_plural = _("questions to the state office")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__gte=F("asked_at"), closed_by__isnull=False),
                name="who_closed_a_thread_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.unit} · {self.asked_at:%d.%m.%Y}"


class ThreadLine(models.Model):
    """What one of them wrote. ``key`` came with the form: what is sent twice is written once."""

    key = models.CharField(max_length=60, unique=True, editable=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="lines", verbose_name=_("question"))
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    from_office = models.BooleanField(_("from the state office"))
    words = models.TextField(_("words"))
    made_at = models.DateTimeField(_("written down"))

    objects = ThreadLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a question to the state office")
        verbose_name_plural = _("lines of questions to the state office")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_line_of_a_thread_says_something"),
        ]

    def __str__(self):
        return f"{self.thread_id} · {self.made_at:%d.%m.%Y}"
