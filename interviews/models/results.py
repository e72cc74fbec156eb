"""Marks, and what was decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interviews.models.interviews import Interview
from interviews.querysets import SheetQuerySet
from interviews.states import Outcome, Reason, SheetSource


class ScoreSheet(models.Model):
    """One panel member's marks for one interview. Handed in, it is frozen by the database.

    ``declared_free`` says that the panel member said, before the name opened,
    that no conflict of interest stands in the way. ``saved_key`` is the key of
    the last save, so that a save repeated on a bad network is one save.
    ``set_aside`` keeps marks of a second device that lost against newer ones.

    A correction is a new ``version`` that ``replaces`` the former one, with a
    reason (``why_new``); it counts once a second person agreed. A sheet
    copied from paper counts once a second person checked it.
    """

    CONFLICT_OF = "interview__application__conflicts__person"
    OUT_OF_SIGHT = Q(interview__application__consent_ended_at__isnull=False)

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="sheets", verbose_name=_("interview"))
    panelist = models.ForeignKey("portal.Person", models.PROTECT, related_name="sheets", verbose_name=_("panel member"))
    declared_free_at = models.DateTimeField(_("said to be free of conflict"))
    note = models.TextField(_("note"), blank=True)
    saved_at = models.DateTimeField(_("saved"))
    revision = models.PositiveIntegerField(_("revision"), default=0)
    saved_key = models.CharField(max_length=40, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    said_at = models.DateTimeField(_("time on the device"), null=True, blank=True)
    set_aside = models.JSONField(_("marks of another device"), default=list, blank=True)
    late_reason = models.CharField(_("why it came late"), max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("corrects")
    )
    why_new = models.CharField(_("reason of the correction"), max_length=250, blank=True)
    agreed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed by")
    )
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    source = models.CharField(_("written"), max_length=6, choices=SheetSource, default=SheetSource.SCREEN)
    entered_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("copied by")
    )
    checked_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "panelist", "version"], name="one_sheet_a_panelist_interview_and_version"
            ),
            models.CheckConstraint(
                condition=Q(version=1, replaces=None) | (Q(version__gt=1, replaces__isnull=False) & ~Q(why_new="")),
                name="a_correction_names_what_it_corrects_and_why",
            ),
            models.CheckConstraint(
                condition=Q(source="screen") | Q(entered_by__isnull=False), name="somebody_copied_a_paper_sheet"
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=models.F("entered_by")), name="two_people_copy_a_sheet"
            ),
        ]

    def __str__(self):
        return f"{self.panelist}: {self.interview}"


class Score(models.Model):
    """One mark for one criterion; empty when the panel member could not judge, with a reason."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="scores", verbose_name=_("score sheet"))
    criterion = models.ForeignKey(
        "applications.Criterion", models.PROTECT, related_name="scores", verbose_name=_("criterion")
    )
    mark = models.PositiveSmallIntegerField(_("mark"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    why_none = models.CharField(_("why no mark"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_a_sheet_and_criterion"),
            models.CheckConstraint(
                condition=Q(mark__isnull=False, mark__in=[1, 2, 3, 4, 5]) | (Q(mark=None) & ~Q(why_none="")),
                name="a_mark_is_one_to_five_or_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.mark or '–'}"


class Decision(models.Model):
    """What one person proposed and another approved for an interviewed applicant.

    ``out_of_order`` says that someone ranked higher was left out, or the
    other way round, when it was proposed; then ``words`` say why.
    """

    CONFLICT_OF = "interview__application__conflicts__person"
    OUT_OF_SIGHT = Q(interview__application__consent_ended_at__isnull=False)

    interview = models.OneToOneField(Interview, models.PROTECT, related_name="decision", verbose_name=_("interview"))
    outcome = models.CharField(_("decision"), max_length=12, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    words = models.CharField(_("reason in words"), max_length=250, blank=True)
    out_of_order = models.BooleanField(_("against the ranking"), default=False)
    post = models.ForeignKey(
        "committees.Post", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the post")
    )
    place = models.PositiveSmallIntegerField(_("place on the waiting list"), null=True, blank=True)
    proposed_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    approved_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_a_reason"),
            models.CheckConstraint(condition=Q(out_of_order=False) | ~Q(words=""), name="out_of_order_needs_words"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("proposed_by")), name="two_people_decide"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="an_approval_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.interview}: {self.outcome}"
