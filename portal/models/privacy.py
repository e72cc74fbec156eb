"""What people ask about their own data, and what is locked away until it is destroyed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RequestKind(models.TextChoices):
    CORRECT = "correct", _("correction")
    ERASE = "erase", _("erasure")
    COMPLAINT = "complaint", _("complaint")


class RequestStatus(models.TextChoices):
    OPEN = "OPEN", _("open")
    AGREED = "AGREED", _("agreed to by one, waits for a second person")
    DONE = "DONE", _("done")
    REFUSED = "REFUSED", _("refused")


class DataRequest(models.Model):
    """A correction, an erasure or a complaint, with its number and the day by which it is answered.

    ``thing`` names the row it is about, as in the log of events. Erasing what
    was decided about needs two persons: one agrees, another does it.
    """

    number = models.CharField(_("number"), max_length=8, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=RequestKind)
    status = models.CharField(_("status"), max_length=8, choices=RequestStatus, default=RequestStatus.OPEN)
    thing = models.CharField(_("which"), max_length=60)
    phone = models.CharField(_("mobile number"), max_length=13, blank=True)
    language = models.CharField(_("language"), max_length=2, default="hi")
    field = models.CharField(_("item"), max_length=60, blank=True)
    old = models.TextField(_("as it is"), blank=True)
    new = models.TextField(_("as it should be"), blank=True)
    words = models.TextField(_("in their words"), blank=True)
    asked_at = models.DateTimeField(_("asked"))
    due_on = models.DateField(_("to be answered by"))
    legal_by = models.DateField(_("by law at the latest"))
    first_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreed to by")
    )
    first_at = models.DateTimeField(_("agreed to"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("request about data")
        verbose_name_plural = _("requests about data")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(answered_at=None), name="requests_that_wait"),
            models.Index(fields=["thing"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["OPEN", "AGREED"], answered_at=None)
                | Q(status__in=["DONE", "REFUSED"], answered_at__isnull=False),
                name="a_request_is_answered_when_it_is_closed",
            ),
            models.CheckConstraint(
                condition=~Q(kind="erase", status="DONE") | Q(answered_by=None) | ~Q(answered_by=F("first_by")),
                name="two_persons_erase",
            ),
            models.CheckConstraint(condition=~Q(status="REFUSED") | ~Q(answer=""), name="refusing_needs_a_reason"),
            models.UniqueConstraint(
                fields=["thing", "kind", "field"],
                condition=Q(answered_at=None) & ~Q(kind="complaint"),
                name="one_open_request_a_matter",
            ),
        ]

    def __str__(self):
        return self.number


class Nominee(models.Model):
    """Who may use a person's rights when they no longer can."""

    thing = models.CharField(_("whose"), max_length=60, unique=True)
    name = models.CharField(_("full name"), max_length=120)
    phone = models.CharField(_("mobile number"), max_length=13)
    named_at = models.DateTimeField(_("named"))

    class Meta:
        verbose_name = _("nominee")
        verbose_name_plural = _("nominees")

    def __str__(self):
        return self.name


class Sealed(models.Model):
    """The personal values of one row, locked away for the year that the Rules ask, then destroyed.

    ``box`` is encrypted with ``SEAL_KEY``; nothing in the product opens it.
    A row that the database freezes may lose its words only while its box stands here.
    """

    kind = models.CharField(_("kind of thing"), max_length=60)
    thing = models.CharField(_("which"), max_length=60)
    box = models.BinaryField(_("sealed values"))
    sealed_at = models.DateTimeField(_("sealed"))
    destroy_on = models.DateField(_("is destroyed"))
    request = models.ForeignKey(
        DataRequest, models.SET_NULL, null=True, blank=True, related_name="sealed", verbose_name=_("asked for by")
    )

    class Meta:
        verbose_name = _("sealed values")
        verbose_name_plural = _("sealed values")
        indexes = [models.Index(fields=["destroy_on"]), models.Index(fields=["kind", "thing"])]

    def __str__(self):
        return f"{self.kind} {self.thing}"


class Quiet(models.Model):
    """A number that nothing is sent to any more. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("number not to be written to")
        verbose_name_plural = _("numbers not to be written to")

    def __str__(self):
        return f"{self.since:%d.%m.%Y}"
