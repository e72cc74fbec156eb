"""What is taught: a subject in a series of workshops, and the sessions of each."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.bilingual import Spoken
from portal.models.people import new_link_key
from training.models.workshops import Workshop
from training.querysets import SeriesQuerySet, SessionQuerySet


class Subject(models.TextChoices):
    TOOLS = "tools", _("newest social-media tools")
    STRATEGY = "strategy", _("digital strategy")
    COMMUNICATION = "communication", _("modern political communication")
    OTHER = "other", _("another subject")


class Series(models.Model):
    """One thing to learn, taught in many workshops; whoever meets its rule gets the certificate.

    The rule: present at ``attendance_share`` percent of a workshop's sessions, and where ``quiz_pass`` is set
    so many percent right in the quiz. A certificate is valid ``valid_months``; ``prerequisite`` comes before.
    """

    slug = models.SlugField(_("word in the address"), max_length=40, unique=True)
    subject = models.CharField(_("subject"), max_length=16, choices=Subject, default=Subject.OTHER)
    title = Spoken()
    about = Spoken()
    title_hi = models.CharField(_("title in Hindi"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    about_hi = models.CharField(_("what is learnt, in Hindi"), max_length=500, blank=True)
    about_en = models.CharField(_("what is learnt, in English"), max_length=500, blank=True)
    prerequisite = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="opens", verbose_name=_("needs first")
    )
    attendance_share = models.PositiveSmallIntegerField(_("percent of the sessions to be there"), default=75)
    quiz_pass = models.PositiveSmallIntegerField(_("percent right in the quiz"), null=True, blank=True)
    valid_months = models.PositiveSmallIntegerField(_("certificate valid for months"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taught no longer since"), null=True, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [
            models.CheckConstraint(
                condition=Q(attendance_share__gte=1, attendance_share__lte=100), name="a_share_is_in_percent"
            ),
            models.CheckConstraint(
                condition=Q(quiz_pass=None) | Q(quiz_pass__gte=1, quiz_pass__lte=100), name="a_quiz_is_in_percent"
            ),
            models.CheckConstraint(
                condition=Q(prerequisite=None) | ~Q(prerequisite=F("id")), name="a_series_does_not_need_itself"
            ),
        ]

    def __str__(self):
        return self.title


class Session(models.Model):
    """One part of a workshop, where one was there or not. ``door_key`` makes the codes on the screen at the door."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="sessions", verbose_name=_("workshop"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = Spoken()
    title_hi = models.CharField(_("title in Hindi"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    room = models.CharField(_("room"), max_length=80, blank=True)
    trainer = models.ForeignKey(
        "portal.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("trainer")
    )
    door_key = models.CharField(max_length=32, default=new_link_key, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["workshop", "number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="sessions_are_counted"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.workshop} · {self.number}"
