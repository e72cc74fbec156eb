"""Keys with which a program reads what its owner may read."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Token(models.Model):
    """A key of one user for a program, never wider than the user's own rights of the moment.

    Only ``digest`` is kept; the key is shown once. ``scopes`` are words of ``portal.api``.
    """

    owner = models.ForeignKey("portal.User", models.CASCADE, related_name="tokens", verbose_name=_("owner"))
    name = models.CharField(_("what it is for"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("what it may read"), default=list)
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("key for a program")
        verbose_name_plural = _("keys for programs")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_key_is_valid_for_a_while"),
        ]

    def __str__(self):
        return self.name
