"""A person before a panel."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.access import Right
from interviews.models.days import InterviewDay, Panel, Slot
from interviews.querysets import InterviewQuerySet
from interviews.states import Answer, Bond, Priority, Settled, Status


class Interview(models.Model):
    """One applicant's turn. ``token`` is drawn at check-in, in order of arrival.

    ``panel`` is the slot's panel until reception moves the person to another.
    ``queue_at`` is the place in the line: the time of the slot or of arrival,
    whichever is later; being called in vain moves it back. ``who``,
    ``from_at`` and ``to_at`` repeat the applicant's phone and the slot's
    times, so that the database gives nobody two times at once, whatever the drive.
    """

    DUTIES = {Right.SCORE: "panel__members"}
    CONFLICT_OF = "application__conflicts__person"
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
    placed_because = models.JSONField(_("why this time"), default=list, blank=True)
    called_place = models.CharField(_("place in the last call"), max_length=200, blank=True)
    who = models.CharField(max_length=16, blank=True, editable=False)
    from_at = models.DateTimeField(null=True, blank=True, editable=False)
    to_at = models.DateTimeField(null=True, blank=True, editable=False)
    standby = models.PositiveSmallIntegerField(_("place on the standby list"), null=True, blank=True)
    standby_called_at = models.DateTimeField(_("called from standby"), null=True, blank=True)
    walked_in = models.BooleanField(_("came without a call"), default=False)
    last_called_at = models.DateTimeField(_("last called in"), null=True, blank=True)
    times_called = models.PositiveSmallIntegerField(_("times called in"), default=0)
    priority = models.CharField(_("goes first"), max_length=8, choices=Priority, blank=True)
    priority_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("let first by")
    )

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
            models.UniqueConstraint(fields=["day", "standby"], name="one_person_a_place_on_standby"),
            models.CheckConstraint(
                condition=Q(from_at=None, to_at=None) | Q(from_at__isnull=False, to_at__gt=F("from_at")),
                name="an_interview_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["day", "status"])]

    def __str__(self):
        return f"{self.token or '–'} {self.application}"


class Conflict(models.Model):
    """Somebody knows this applicant too well to judge: on any day, in any office. Beats every right."""

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="conflicts", verbose_name=_("application")
    )
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="conflicts", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=8, choices=Bond, default=Bond.SAID)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    declared_at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="one_conflict_a_person_and_application")
        ]

    def __str__(self):
        return f"{self.person}: {self.application}"


class ConflictLift(models.Model):
    """A conflict that was set aside, by two others, in writing. The conflict itself is gone while this stands."""

    application = models.ForeignKey(
        "applications.Application", models.CASCADE, related_name="lifts", verbose_name=_("application")
    )
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="lifts", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=8, choices=Bond)
    reason = models.CharField(_("reason of the conflict"), max_length=300, blank=True)
    why = models.CharField(_("why it is set aside"), max_length=300)
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    agreed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed by")
    )
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)

    class Meta:
        verbose_name = _("conflict set aside")
        verbose_name_plural = _("conflicts set aside")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_people_set_a_conflict_aside"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="setting_a_conflict_aside_needs_words"),
        ]

    def __str__(self):
        return f"{self.person}: {self.application}"


class TimeRequest(models.Model):
    """The applicant asks for another time; the office gives one, offers one, or says no."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="requests", verbose_name=_("interview"))
    wished_from = models.TimeField(_("not before"), null=True, blank=True)
    wished_until = models.TimeField(_("not after"), null=True, blank=True)
    why = models.CharField(_("why another time"), max_length=200, blank=True)
    note = models.CharField(_("words to the answer"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    offered = models.ForeignKey(
        Slot, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("offered time")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Settled, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    class Meta:
        verbose_name = _("request for another time")
        verbose_name_plural = _("requests for another time")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"], condition=Q(settled_at=None), name="one_open_request_an_interview"
            ),
        ]

    def __str__(self):
        return f"{self.interview} {self.asked_at:%d.%m. %H:%M}"


class Press(models.Model):
    """One press at the reception desk, kept by its key: sent again after a lost network it does nothing twice."""

    day = models.ForeignKey(InterviewDay, models.CASCADE, related_name="presses", verbose_name=_("day"))
    key = models.CharField(_("key"), max_length=40, unique=True)
    verb = models.CharField(_("what was pressed"), max_length=20)
    interview = models.ForeignKey(
        Interview, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("interview")
    )
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    pressed_at = models.DateTimeField(_("pressed"))
    received_at = models.DateTimeField(_("received"))
    answer = models.JSONField(_("answer"), default=dict)

    class Meta:
        verbose_name = _("press at the desk")
        verbose_name_plural = _("presses at the desk")

    def __str__(self):
        return f"{self.verb} {self.pressed_at:%H:%M}"
