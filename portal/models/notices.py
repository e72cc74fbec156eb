"""Promises to tell someone something."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    SMS = "sms", "SMS"
    EMAIL = "email", _("e-mail")


class NoticeStatus(models.TextChoices):
    QUEUED = "QUEUED", _("waiting to be sent")
    SENDING = "SENDING", _("being sent")
    SENT = "SENT", _("sent")
    DELIVERED = "DELIVERED", _("delivered")
    FAILED = "FAILED", _("could not be sent")
    UNKNOWN = "UNKNOWN", _("perhaps sent")
    TOO_LATE = "TOO_LATE", _("too late to be useful")
    CANCELLED = "CANCELLED", _("no longer needed")


class Urgency(models.IntegerChoices):
    """What goes first. Only what is urgent may leave at night; only what is for many is held back by a silence."""

    NOW = 0, _("at once, also at night")
    USUAL = 1, _("usual")
    MANY = 2, _("for many")


class Notice(models.Model):
    """A promise to tell one person one thing, once.

    Written in the same transaction as the change it tells of. ``key`` names
    person, template and occasion, so the same promise enters once; one that
    was cancelled may be made again. Nothing is sent before ``due_at`` or after
    ``useful_until``. ``spare_email`` is tried when the SMS fails for good, once: ``instead_of`` names what failed.
    """

    key = models.CharField(_("occasion"), max_length=160, db_index=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.SMS)
    phone = models.CharField(_("mobile number"), max_length=13, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    spare_email = models.EmailField(_("e-mail, if the SMS fails"), blank=True)
    instead_of = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="spare", verbose_name=_("in place of")
    )
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.USUAL)
    reach = models.PositiveBigIntegerField(_("unit it is about"), null=True, blank=True)  # a key of committees.Unit
    language = models.CharField(_("language"), max_length=2, default="hi")
    template = models.CharField(_("template"), max_length=60)
    context = models.JSONField(_("values"), default=dict)
    due_at = models.DateTimeField(_("due"))
    useful_until = models.DateTimeField(_("useful until"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=NoticeStatus, default=NoticeStatus.QUEUED)
    claimed_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    reference = models.CharField(_("provider's reference"), max_length=120, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    parts = models.PositiveSmallIntegerField(_("parts of the SMS"), null=True, blank=True)
    cost = models.PositiveIntegerField(_("cost in paise"), null=True, blank=True)
    dlt_id = models.CharField(_("DLT template id"), max_length=30, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["urgency", "due_at"], condition=Q(status="QUEUED"), name="notices_that_wait_by_turn"),
            models.Index(fields=["claimed_at"], condition=Q(status="SENDING"), name="notices_in_hand"),
            models.Index(fields=["phone", "-due_at"]),
            models.Index(fields=["reference"], condition=~Q(reference=""), name="notices_by_reference"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(status="CANCELLED"), name="a_promise_stands_once"),
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="a_notice_has_an_address"),
            models.CheckConstraint(
                condition=Q(useful_until=None) | Q(useful_until__gt=models.F("due_at")),
                name="a_notice_is_useful_for_a_while",
            ),
        ]

    def __str__(self):
        return self.key
