"""How many seats are sanctioned where, and who must be among those who sit in them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.levels import Level
from committees.models.seats import Post
from committees.models.units import Unit


class Sanction(models.Model):
    """So many seats of a post in each unit at or below ``unit``, other than the post itself says.

    The nearest one above a unit holds. ``most`` caps what those below may be given.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sanctions", verbose_name=_("unit"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="sanctions", verbose_name=_("post"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    most = models.PositiveSmallIntegerField(_("most seats below"), null=True, blank=True)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("sanctioned strength")
        verbose_name_plural = _("sanctioned strengths")
        constraints = [
            models.UniqueConstraint(fields=["unit", "post"], name="one_strength_a_unit_and_post"),
            models.CheckConstraint(
                condition=Q(most=None) | Q(most__gte=F("seats")), name="a_strength_stays_under_its_cap"
            ),
        ]

    def __str__(self):
        return f"{self.post}, {self.unit}: {self.seats}"


class Group(models.TextChoices):
    WOMEN = "women", _("women")
    YOUTH = "youth", _("up to 35 years")


class Norm(models.Model):
    """The least share of a group in each committee of a level, in percent of its seats."""

    level = models.CharField(_("level"), max_length=8, choices=Level)
    group = models.CharField(_("group"), max_length=8, choices=Group)
    percent = models.PositiveSmallIntegerField(_("least share in percent"))

    class Meta:
        verbose_name = _("least representation")
        verbose_name_plural = _("least representations")
        constraints = [
            models.UniqueConstraint(fields=["level", "group"], name="one_norm_a_level_and_group"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="a_norm_is_a_share"),
        ]

    def __str__(self):
        return f"{self.get_level_display()}: {self.get_group_display()} {self.percent} %"
