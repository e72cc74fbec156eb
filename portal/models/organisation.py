"""Whose installation this is: name, look, help. One row."""

from datetime import time

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.bilingual import Spoken


class Organisation(models.Model):
    """The organisation's words and colours. ``portal.organisation.save`` computes the colours."""

    name = Spoken()
    help_hours = Spoken()
    name_hi = models.CharField(_("name in Hindi"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    brand = models.CharField(
        _("colour"), max_length=7, default="#1d3557", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z")]
    )
    on_brand = models.CharField(max_length=7, default="#ffffff", editable=False)
    strong = models.CharField(max_length=7, default="#1d3557", editable=False)
    tint = models.CharField(max_length=7, default="#edf4fe", editable=False)
    logo = models.BinaryField(_("logo"), null=True, blank=True, editable=False)
    help_phone = models.CharField(_("help phone"), max_length=20)
    help_whatsapp = models.CharField(_("WhatsApp number for help"), max_length=13, blank=True)
    help_hours_hi = models.CharField(_("help hours in Hindi"), max_length=80)
    help_hours_en = models.CharField(_("help hours in English"), max_length=80)
    office_hi = models.CharField(_("office address in Hindi"), max_length=200, blank=True)
    office_en = models.CharField(_("office address in English"), max_length=200, blank=True)
    grievance_name = models.CharField(_("grievance officer"), max_length=120, blank=True)
    grievance_phone = models.CharField(_("grievance officer's phone"), max_length=20, blank=True)
    grievance_email = models.EmailField(_("grievance officer's e-mail"), blank=True)
    signs_hi = models.CharField(_("who signs letters, in Hindi"), max_length=160, blank=True)
    signs_en = models.CharField(_("who signs letters, in English"), max_length=160, blank=True)
    shows_committees = models.BooleanField(
        _("show committees to everybody"),
        default=False,
        help_text=_("Only names and posts, and only of those who accepted and agreed to be named."),
    )
    sms_paise = models.PositiveSmallIntegerField(_("price of one part of an SMS, in paise"), default=15)
    quiet_from = models.TimeField(_("no messages from"), default=time(22))
    quiet_until = models.TimeField(_("no messages until"), default=time(7))
    printer_line = models.CharField(_("printer and publisher line of posters"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisation")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_organisation")]

    def __str__(self):
        return self.name_hi
