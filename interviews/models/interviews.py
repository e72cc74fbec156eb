"""A person before a panel."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.access import Right
from interviews.models.days import InterviewDay, Panel, Slot
from interviews.querysets import InterviewQuerySet
from interviews.states import Answer, Status


class Interview(models.Model):
    """One applicant's turn. ``token`` is drawn at check-in, in order of arrival.

    ``panel`` is the slot's panel until reception moves the person to another.
    ``queue_at`` is the place in the line: the time of the slot or of arrival,
    whichever is later; being called in vain moves it back.
    """

    DUTIES = {Right.SCORE: "panel__members"}
    CONFLICT_OF = "conflicts__person"
    OUT_OF_SIGHT = Q(application__consent_ended_at__isnull=False)

    day = models.ForeignKey(InterviewDay, models.PROTECT, related_name="interviews", verbose_name=_("day"))
    application = models.ForeignKey(
        "applications.Application", models.PROTECT, related_name="interviews", verbose_name=_("application")
    )
    slot = models.ForeignKey(
        Slot, models.PROTECT, null=True, blank=True, related_name="interviews", verbose_name=_("slot")
    )
    panel = models.ForeignKey(
        Panel, models.PROTECT, null=True, blank=True, related_name="interviews", verbose_name=_("panel")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    token = models.PositiveSmallIntegerField(_("token"), null=True, blank=True)
    called_version = models.PositiveSmallIntegerField(_("calls sent so far"), default=0)
    called_at = models.DateTimeField(_("last call"), null=True, blank=True)
    called_for = models.DateTimeField(_("time in the last call"), null=True, blank=True)
    answer = models.CharField(_("answer to the call"), max_length=5, choices=Answer, blank=True)
    answer_note = models.CharField(_("words to the answer"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    queue_at = models.DateTimeField(_("place in the line"), null=True, blank=True)
    entered_at = models.DateTimeField(_("went in"), null=True, blank=True)
    left_at = models.DateTimeField(_("came out"), null=True, blank=True)
    skips = models.PositiveSmallIntegerField(_("called in vain"), default=0)
    is_locked = models.BooleanField(_("fixed in the plan"), default=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        constraints = [
            models.UniqueConstraint(fields=["slot"], condition=~Q(status="CANCELLED"), name="one_interview_a_slot"),
            models.UniqueConstraint(
                fields=["day", "application"], condition=~Q(status="CANCELLED"), name="one_interview_a_person_and_day"
            ),
            models.UniqueConstraint(fields=["day", "token"], name="one_person_a_token"),
            models.UniqueConstraint(fields=["panel"], condition=Q(status="IN_ROOM"), name="one_person_in_a_room"),
        ]
        indexes = [models.Index(fields=["day", "status"])]

    def __str__(self):
        return f"{self.token or '–'} {self.application}"


class Conflict(models.Model):
    """A panel member knows this applicant too well to judge. Beats every right."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="conflicts", verbose_name=_("interview"))
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="conflicts", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    declared_at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["interview", "person"], name="one_conflict_a_person_and_interview")
        ]

    def __str__(self):
        return f"{self.person}: {self.interview}"
