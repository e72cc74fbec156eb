"""How the office keeps order in the pile: tags, saved filters, doubles, imports."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models.drives import Drive


class Tag(models.Model):
    """A word of the office's own on applications of a drive."""

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="tags", verbose_name=_("drive"))
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["drive", "name"], name="one_tag_a_name")]

    def __str__(self):
        return self.name


class SavedFilter(models.Model):
    """A view of the desk that somebody named. ``query`` is what stands in the address after the question mark."""

    owner = models.ForeignKey("portal.User", models.CASCADE, related_name="saved_filters", verbose_name=_("whose"))
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filter"), max_length=600)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_saved_filter_a_name")]

    def __str__(self):
        return self.name


class Merge(models.Model):
    """Two applications of one person made into one, by two persons of the office; it can be undone.

    ``before`` keeps what the kept application said where a value was taken
    over; a proposal becomes a merge with ``agreed_at``.
    """

    kept = models.ForeignKey("applications.Application", models.CASCADE, related_name="merges", verbose_name=_("kept"))
    folded = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="folded_by", verbose_name=_("folded into it")
    )
    taken = models.JSONField(_("fields taken over"), default=list)
    before = models.JSONField(_("values before"), default=dict)
    folded_status = models.CharField(_("its status before"), max_length=12, blank=True)
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    asked_at = models.DateTimeField(_("proposed"))
    agreed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed to by")
    )
    agreed_at = models.DateTimeField(_("agreed to"), null=True, blank=True)
    undone_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("folded")), name="a_merge_joins_two"),
            models.CheckConstraint(condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_persons_merge"),
            models.UniqueConstraint(fields=["folded"], condition=Q(undone_at=None), name="folded_into_one_at_a_time"),
        ]

    def __str__(self):
        return f"{self.folded_id} → {self.kept_id}"


class NotTheSame(models.Model):
    """Two applications that look alike and are of two people: somebody looked."""

    first = models.ForeignKey("applications.Application", models.CASCADE, related_name="+", verbose_name=_("first"))
    second = models.ForeignKey("applications.Application", models.CASCADE, related_name="+", verbose_name=_("second"))
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("who said so"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("not the same person")
        verbose_name_plural = _("not the same person")
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_has_one_order"),
            models.UniqueConstraint(fields=["first", "second"], name="one_word_a_pair"),
        ]

    def __str__(self):
        return f"{self.first_id} ≠ {self.second_id}"


class ImportBatch(models.Model):
    """One file of answers from elsewhere: looked at, taken in, or taken back.

    ``content`` is the file until it is taken in or given up; ``problems`` are
    ``{row, column, message}`` and repeat nothing of what people wrote.
    """

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="imports", verbose_name=_("drive"))
    code = models.CharField(_("code"), max_length=8, unique=True)
    file_name = models.CharField(_("file name"), max_length=160)
    content = models.BinaryField(_("content"), null=True, blank=True)
    mapping = models.JSONField(_("columns"), default=dict)
    created = models.PositiveIntegerField(_("taken in"), default=0)
    duplicates = models.PositiveIntegerField(_("duplicates"), default=0)
    skipped = models.PositiveIntegerField(_("left out"), default=0)
    problems = models.JSONField(_("problems"), default=list)
    by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    done_at = models.DateTimeField(_("taken in at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(done_at__isnull=False), name="only_what_came_in_is_taken_back"
            ),
        ]

    def __str__(self):
        return self.code
