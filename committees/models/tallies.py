"""Committees in numbers, counted by the clock: a page of the tree reads rows, it does not count seats."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.levels import Level
from committees.models.units import Unit


class Counts(models.Model):
    """All committees of one level at and below a unit. ``headless`` have no chair, ``empty`` nobody at all."""

    level = models.CharField(_("level"), max_length=8, choices=Level)
    units = models.PositiveIntegerField(_("units"), default=0)
    formed = models.PositiveIntegerField(_("announced"), default=0)
    proposed = models.PositiveIntegerField(_("proposed"), default=0)
    empty = models.PositiveIntegerField(_("with nobody"), default=0)
    headless = models.PositiveIntegerField(_("without a chair"), default=0)
    seats = models.PositiveIntegerField(_("seats"), default=0)
    filled = models.PositiveIntegerField(_("filled"), default=0)
    accepted = models.PositiveIntegerField(_("who said yes"), default=0)
    women = models.PositiveIntegerField(_("women"), default=0)
    men = models.PositiveIntegerField(_("men"), default=0)
    young = models.PositiveIntegerField(_("up to 35 years"), default=0)
    middle = models.PositiveIntegerField(_("36 to 55 years"), default=0)
    old = models.PositiveIntegerField(_("above 55 years"), default=0)

    class Meta:
        abstract = True


class Tally(Counts):
    """The count of now. ``counted_at`` says how old it is; ``last_act_at`` when somebody came, answered or left."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="tallies", verbose_name=_("unit"))
    counted_at = models.DateTimeField(_("counted"))
    last_act_at = models.DateTimeField(_("last act"), null=True, blank=True)

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        constraints = [models.UniqueConstraint(fields=["unit", "level"], name="one_count_a_unit_and_level")]

    def __str__(self):
        return f"{self.unit} · {self.get_level_display()}"


class WeeklyTally(Counts):
    """The count of a Sunday, of state, districts, assemblies and blocks."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="weekly_tallies", verbose_name=_("unit"))
    week = models.DateField(_("week that ends on"))

    class Meta:
        verbose_name = _("weekly count")
        verbose_name_plural = _("weekly counts")
        constraints = [
            models.UniqueConstraint(fields=["unit", "level", "week"], name="one_count_a_unit_level_and_week")
        ]

    def __str__(self):
        return f"{self.unit} · {self.week}"
