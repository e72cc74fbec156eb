"""Units in time: what changed when, where a unit stood before, and plans that change many at once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models.units import Unit
from portal.models.people import new_link_key


class Plan(models.Model):
    """Many changes of the tree as one: seen before, agreed to by a second person, applied whole, undone whole.

    ``steps`` is what shall happen; ``undo`` what stood before, written when it happened.
    """

    class Kind(models.TextChoices):
        RENUMBERING = "renumber", _("renumbering of booths")
        MERGING = "merge", _("merging")
        SPLITTING = "split", _("splitting")
        MOVING = "move", _("moving")

    key = models.CharField(max_length=32, default=new_link_key, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name=_("unit it happens in"))
    steps = models.JSONField(_("steps"))
    file_name = models.CharField(_("file name"), max_length=120, blank=True)
    effective_on = models.DateField(_("holds from"))
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    agreed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed to by")
    )
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    undo = models.JSONField(_("what stood before"), default=dict, blank=True)
    undo_asked_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undoing asked for by")
    )
    undo_asked_at = models.DateTimeField(_("undoing asked for"), null=True, blank=True)
    undone_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("made_by")), name="two_persons_change_the_tree"
            ),
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undo_asked_by=None) | ~Q(undone_by=F("undo_asked_by")),
                name="two_persons_undo_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(agreed_by__isnull=False),
                name="a_plan_is_agreed_to_before_it_is_applied",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.unit}"


class UnitChange(models.Model):
    """What happened to a unit, dated: the tree of any day can be told from it.

    ``before`` and ``after`` hold the fields that differ (``parent`` and ``into`` as codes).
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        RENAMED = "renamed", _("renamed")
        CHANGED = "changed", _("changed")
        MOVED = "moved", _("moved")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("opened again")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes", verbose_name=_("unit"))
    kind = models.CharField(_("what happened"), max_length=8, choices=Kind)
    on = models.DateField(_("holds from"))
    at = models.DateTimeField(_("written down"))
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("plan")
    )

    class Meta:
        verbose_name = _("change of a unit")
        verbose_name_plural = _("changes of units")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on"], name="changes_by_day")]

    def __str__(self):
        return f"{self.unit} · {self.get_kind_display()}"


class OldAddress(models.Model):
    """Where a unit was to be found: a link that somebody kept still leads there."""

    path = models.CharField(_("address"), max_length=240, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="old_addresses", verbose_name=_("unit"))
    left_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [models.UniqueConstraint(fields=["path", "unit"], name="an_old_address_is_kept_once")]

    def __str__(self):
        return self.path
