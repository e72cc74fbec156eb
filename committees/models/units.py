"""Places in the tree."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.levels import ANCESTORS, Level
from committees.querysets import UnitQuerySet
from portal.bilingual import Spoken


def ancestor(level):
    """A typed foreign key to the ancestor (or self) at ``level``."""
    return models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name=f"in_{level}",
        verbose_name=level.label,
    )


class Unit(models.Model):
    """A place in the tree, with its dates.

    ``state`` to ``mandal`` point to the ancestor at that level, the unit
    itself included, so that "under" is an equality. Only
    ``committees.domain.tree`` writes them, with ``key`` and ``path``.
    """

    level = models.CharField(_("level"), max_length=8, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    code = models.CharField(_("code"), max_length=40, unique=True)
    slug = models.SlugField(_("word in the address"), max_length=60)
    path = models.CharField(_("address"), max_length=240, editable=False, unique=True)
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, help_text=_("of the assembly, or part number of a booth")
    )
    name = Spoken()
    name_hi = models.CharField(_("name in Hindi"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    aliases = models.CharField(_("other names, with | between"), max_length=400, blank=True)
    pin = models.CharField(_("PIN code"), max_length=6, blank=True)
    key = models.CharField(_("search key"), max_length=400, editable=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    state = ancestor(Level.STATE)
    district = ancestor(Level.DISTRICT)
    assembly = ancestor(Level.ASSEMBLY)
    block = ancestor(Level.BLOCK)
    mandal = ancestor(Level.MANDAL)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        indexes = [
            models.Index(fields=["level", "number"]),
            models.Index(fields=["level", "path", "key"], name="units_to_search"),  # 61,000 booths read from it alone
            models.Index(fields=["pin"], condition=~Q(pin=""), name="units_with_a_pin"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="one_slug_a_parent"),
            models.UniqueConstraint(fields=["level"], condition=Q(level="state"), name="there_is_one_state"),
            models.CheckConstraint(
                condition=Q(level="state", parent=None) | (~Q(level="state") & Q(parent__isnull=False)),
                name="only_the_state_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="a_unit_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("committees:unit", args=[self.path]) if self.path else reverse("committees:units")

    @property
    def committee_url(self):
        return f"{self.get_absolute_url()}committee/"

    @property
    def title(self):
        """The name with what people call it by: 34 दांतारामगढ़."""
        return f"{self.number} {self.name}" if self.level == Level.ASSEMBLY and self.number else self.name

    @property
    def parent_code(self):
        """The code of the unit right above; nothing for the state."""
        return self.parent.code if self.parent else ""

    @property
    def is_root(self):
        return self.level == Level.STATE

    @property
    def chain(self):
        """Names from here up to the district; the ancestors must be selected."""
        here = Level(self.level).depth
        above = [getattr(self, level) for level in reversed(ANCESTORS[1:here])]
        return [unit for unit in above if unit is not None and unit.pk != self.pk]

    def reach(self, prefix=""):
        """Q for the rows at this unit or below it: ``unit__district=self``.

        There is one state and all lies in it, so nobody has to ask each row. An empty Q would be lost beside an or.
        """
        if self.is_root:
            return Q(**{f"{prefix or 'pk'}__isnull": False})
        lookup = f"{prefix}__" if prefix else ""
        field = "pk" if self.level == Level.BOOTH else self.level
        return Q(**{f"{lookup}{field}": self.pk})
