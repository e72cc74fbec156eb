"""What comes of results: promotions, offers, reopened days, and what was shown."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from interviews.models.days import InterviewDay
from interviews.models.results import Decision
from interviews.states import Reason


class Promotion(models.Model):
    """From the waiting list to a place that became free: one proposes, another approves."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="promotions", verbose_name=_("decision"))
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    words = models.CharField(_("reason in words"), max_length=250, blank=True)
    post = models.ForeignKey(
        "committees.Post", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("post")
    )
    proposed_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    approved_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)

    class Meta:
        verbose_name = _("promotion from the waiting list")
        verbose_name_plural = _("promotions from the waiting list")
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=Q(dropped_at=None), name="one_promotion_a_decision"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="two_people_promote"
            ),
        ]

    def __str__(self):
        return f"{self.decision}"


class Offer(models.Model):
    """A selected person is asked whether they take the place; silence ends it on ``expires_at``."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="offer", verbose_name=_("decision"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    expires_at = models.DateTimeField(_("answer by"))
    takes_it = models.BooleanField(_("takes it"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("ended by silence"), null=True, blank=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="an_offer_leaves_time"),
            models.CheckConstraint(
                condition=Q(takes_it=None, answered_at=None) | Q(takes_it__isnull=False, answered_at__isnull=False),
                name="an_answer_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.decision}"


class DayReopening(models.Model):
    """A locked day is opened again by two persons, with a reason."""

    day = models.ForeignKey(InterviewDay, models.PROTECT, related_name="reopenings", verbose_name=_("day"))
    reason = models.CharField(_("reason"), max_length=250)
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    agreed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed by")
    )
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)

    class Meta:
        verbose_name = _("reopening of a day")
        verbose_name_plural = _("reopenings of days")
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(agreed_at=None, dropped_at=None), name="one_open_reopening_a_day"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_reopening_has_a_reason"),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_people_reopen_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.day}"


class Standing(models.Model):
    """The ranking of a day, or of a whole drive, as it was shown when frozen. The database lets nobody change it."""

    day = models.ForeignKey(
        InterviewDay, models.PROTECT, null=True, blank=True, related_name="standings", verbose_name=_("day")
    )
    drive = models.ForeignKey(
        "applications.Drive", models.PROTECT, null=True, blank=True, related_name="standings", verbose_name=_("drive")
    )
    made_at = models.DateTimeField(_("made"))
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    rows = models.JSONField(_("rows"))
    digest = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("ranking as shown")
        verbose_name_plural = _("rankings as shown")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(day=None, drive__isnull=False) | Q(day__isnull=False, drive=None),
                name="a_ranking_is_of_a_day_or_of_a_drive",
            ),
        ]

    def __str__(self):
        return f"{self.day or self.drive} {self.digest[:8]}"


class PublicRecord(models.Model):
    """How a drive selected, without names: each applicant finds the own row by a receipt code. Never changed."""

    drive = models.ForeignKey("applications.Drive", models.PROTECT, related_name="records", verbose_name=_("drive"))
    made_at = models.DateTimeField(_("made"))
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    rows = models.JSONField(_("rows"))
    digest = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("public record")
        verbose_name_plural = _("public records")
        ordering = ["-made_at"]

    def __str__(self):
        return f"{self.drive} {self.digest[:8]}"
