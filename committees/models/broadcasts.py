"""A leader's message on its way down the tree, and the proof that comes back up."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.levels import Level
from committees.models.seats import Appointment
from committees.models.units import Unit
from portal.models.people import new_link_key


class Audience(models.TextChoices):
    WORKERS = "workers", _("for workers")
    PUBLIC = "public", _("for the public")


class Carriers(models.TextChoices):
    HEADS = "heads", _("heads of committees")
    ALL = "all", _("all who sit")


class Broadcast(models.Model):
    """One message to those who sit at ``levels`` at and below a unit.

    It leaves at ``goes_at``, when another person than its writer has approved it, and goes level by level:
    ``carried_at`` says that the last one was told, ``looked_at`` until when newcomers were looked for since, and
    ``joined`` how many of them were told. The words are ``BroadcastText``: corrected, never overwritten.
    """

    key = models.CharField(max_length=32, default=new_link_key, unique=True, editable=False)
    number = models.PositiveIntegerField(_("number"), unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="broadcasts", verbose_name=_("unit"))
    audience = models.CharField(_("for whom"), max_length=8, choices=Audience, default=Audience.WORKERS)
    carriers = models.CharField(_("who gets it"), max_length=8, choices=Carriers, default=Carriers.HEADS)
    levels = models.JSONField(_("levels"), default=list)
    link = models.URLField(_("link to a picture, a video or a recording"), blank=True)
    picture = models.BinaryField(_("picture"), null=True, blank=True, editable=False)
    is_urgent = models.BooleanField(_("at once, also at night"), default=False)
    wants_reply = models.BooleanField(_("a reply is wanted"), default=False)
    goes_at = models.DateTimeField(_("goes out"))
    valid_until = models.DateTimeField(_("valid until"))
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("written by"))
    made_at = models.DateTimeField(_("written at"))
    approved_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    carried_at = models.DateTimeField(_("told to all at"), null=True, blank=True)
    looked_at = models.DateTimeField(_("newcomers looked for until"), null=True, blank=True, editable=False)
    joined = models.PositiveIntegerField(_("told after they accepted a seat"), default=0, editable=False)
    recalled_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("called back by")
    )
    recalled_at = models.DateTimeField(_("called back at"), null=True, blank=True)
    recalled_because = models.CharField(_("why it was called back"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")), name="two_persons_send_a_message"
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=F("goes_at")), name="a_message_is_valid_for_a_while"),
            models.CheckConstraint(
                condition=Q(carried_at=None) | Q(approved_at__isnull=False), name="only_approved_messages_are_carried"
            ),
        ]

    def __str__(self):
        return f"{self.number}"


class BroadcastText(models.Model):
    """The words, as written or as corrected. In force is the last that a second person approved."""

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="texts", verbose_name=_("message"))
    number = models.PositiveIntegerField(_("version"), default=1)
    text = models.TextField(_("text"), validators=[MaxLengthValidator(700)])
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("written by"))
    made_at = models.DateTimeField(_("written at"))
    approved_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("words of a message")
        verbose_name_plural = _("words of messages")
        ordering = ["broadcast", "number"]
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "number"], name="versions_of_a_message_are_counted"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")), name="two_persons_correct_a_message"
            ),
        ]

    def __str__(self):
        return f"{self.broadcast} · {self.number}"


class Relay(models.Model):
    """One person on the way of a message, once. ``link_key`` opens the own page, ``code`` is what is passed on.

    ``above`` is whom we tell when nobody answers; ``stands_in`` marks who gets it for a vacant chair of ``unit``.
    Without ``told_at`` nothing was sent: the person withdrew consent to messages.
    """

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="relays", verbose_name=_("message"))
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="relays", verbose_name=_("person"))
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="relays", verbose_name=_("appointment"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="relays", verbose_name=_("unit"))
    level = models.CharField(_("level"), max_length=8, choices=Level)
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below", verbose_name=_("person above")
    )
    stands_in = models.BooleanField(_("for a vacant chair"), default=False)
    link_key = models.CharField(max_length=32, default=new_link_key, unique=True, editable=False)
    code = models.CharField(_("code of the link"), max_length=12, unique=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("read"), null=True, blank=True)
    passed_on_at = models.DateTimeField(_("passed on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("told to the person above"), null=True, blank=True)
    reply = models.CharField(_("reply"), max_length=300, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    clicks = models.PositiveIntegerField(_("opened by the public"), default=0)

    class Meta:
        verbose_name = _("relay")
        verbose_name_plural = _("relays")
        indexes = [
            models.Index(fields=["told_at"], condition=Q(acknowledged_at=None), name="relays_that_are_silent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "person"], name="one_relay_a_person_and_message"),
        ]

    def __str__(self):
        return f"{self.broadcast} · {self.unit}"


class RelayTally(models.Model):
    """How far a message came at and below a unit, at one level; counted by the clock. ``half_after`` in seconds."""

    broadcast = models.ForeignKey(Broadcast, models.CASCADE, related_name="tallies", verbose_name=_("message"))
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="relay_tallies", verbose_name=_("unit"))
    level = models.CharField(_("level"), max_length=8, choices=Level)
    units = models.PositiveIntegerField(_("units"), default=0)
    told = models.PositiveIntegerField(_("told"), default=0)
    opened = models.PositiveIntegerField(_("opened"), default=0)
    acknowledged = models.PositiveIntegerField(_("read"), default=0)
    passed_on = models.PositiveIntegerField(_("passed on"), default=0)
    clicks = models.PositiveIntegerField(_("opened by the public"), default=0)
    half_after = models.PositiveIntegerField(_("seconds until half had read it"), null=True, blank=True)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("count of a message")
        verbose_name_plural = _("counts of messages")
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "unit", "level"], name="one_count_a_message_unit_and_level"),
        ]

    def __str__(self):
        return f"{self.broadcast} · {self.unit}"


class Silence(models.Model):
    """From when until when nothing for many leaves to an area: the silence before a poll, the model code."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="silences", verbose_name=_("area"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("ordered by"))
    made_at = models.DateTimeField(_("ordered at"))
    ended_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("silence")
        verbose_name_plural = _("silences")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_silence_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.unit} · {self.starts_at:%Y-%m-%d}"
