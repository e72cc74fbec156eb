"""Work that takes longer than a page: asked for, done in the background, fetched."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.models.people import new_link_key


class Job(models.Model):
    """One piece of background work, with its progress and its result.

    ``kind`` names the worker (``portal.timetable.WORKERS``), ``settings`` what it
    was asked for. A job that ``needs_second`` begins when another person has
    agreed, one who has ``right`` at the unit ``reach``. A job in hand whose worker has died is begun anew: workers are
    written to be repeated.
    """

    key = models.CharField(max_length=32, default=new_link_key, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("what it makes"), max_length=160)
    settings = models.JSONField(_("asked for"), default=dict)
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="jobs", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    right = models.CharField(_("right of who may agree"), max_length=20, blank=True)
    reach = models.PositiveBigIntegerField(_("unit it is about"), null=True, blank=True)  # a key of committees.Unit
    needs_second = models.BooleanField(_("needs a second person"), default=False)
    agreed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed to by")
    )
    agreed_at = models.DateTimeField(_("agreed to"), null=True, blank=True)
    total = models.PositiveIntegerField(_("of"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    outcome = models.JSONField(_("outcome"), default=dict)
    file_name = models.CharField(_("file name"), max_length=120, blank=True)
    media_type = models.CharField(_("kind of file"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [models.Index(fields=["asked_at"], condition=Q(finished_at=None), name="jobs_that_wait")]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_persons_agree_to_a_job"
            ),
        ]

    def __str__(self):
        return self.title


class JobPart(models.Model):
    """A slice of a job's file, so that no page and no worker holds all of it."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="parts", verbose_name=_("job"))
    number = models.PositiveIntegerField(_("number"))
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("part of a job's file")
        verbose_name_plural = _("parts of a job's file")
        ordering = ["job", "number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="parts_stand_in_one_order")]

    def __str__(self):
        return f"{self.job_id}/{self.number}"
