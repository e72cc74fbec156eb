"""Promises to tell someone something, and the words they are told in."""

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
    FAILED = "FAILED", _("could not be sent")
    UNKNOWN = "UNKNOWN", _("perhaps sent")
    TOO_LATE = "TOO_LATE", _("too late to be useful")
    CANCELLED = "CANCELLED", _("no longer needed")


class Notice(models.Model):
    """A promise to tell one person one thing, once.

    Written in the same transaction as the change it tells of. ``key`` names
    person, template and occasion, so the same promise enters once; one that
    was cancelled may be made again. Nothing is sent before ``due_at`` or after
    ``useful_until``.
    """

    key = models.CharField(_("occasion"), max_length=160, db_index=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.SMS)
    phone = models.CharField(_("mobile number"), max_length=13, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
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
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status="QUEUED"), name="notices_that_wait"),
            models.Index(fields=["claimed_at"], condition=Q(status="SENDING"), name="notices_in_hand"),
            models.Index(fields=["phone", "-due_at"]),
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


class NoticeTemplate(models.Model):
    """An office's own words for a notice, in place of those of the product.

    Without a row the words in ``templates/notices/`` are used.
    """

    template = models.CharField(_("template"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=[("hi", _("Hindi")), ("en", _("English"))])
    subject = models.CharField(_("subject (e-mail)"), max_length=120, blank=True)
    text = models.TextField(_("text"), help_text=_("Values stand in double brackets, as in ((name))."))
    dlt_id = models.CharField(_("DLT template id"), max_length=30, blank=True)
    is_on = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("words of a notice")
        verbose_name_plural = _("words of notices")
        constraints = [
            models.UniqueConstraint(fields=["template", "language"], name="one_text_a_template_and_language"),
        ]

    def __str__(self):
        return f"{self.template} ({self.language})"
