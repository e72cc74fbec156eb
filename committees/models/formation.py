"""A committee on its way: proposed, sent back with reasons, approved, published."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models.seats import Appointment, Seat
from committees.models.units import Unit
from committees.states import OPEN, ProposalStatus


class Purpose(models.TextChoices):
    COMMITTEE = "committee", _("a committee")
    INCHARGES = "incharges", _("in-charges of districts")


class Proposal(models.Model):
    """Who shall sit in the seats of one committee, or look after the districts.

    ``number`` is 0 for the first list of a unit and counts its amendments after.
    A proposal that ``needs_second`` is approved by another person than its maker.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals", verbose_name=_("unit"))
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose, default=Purpose.COMMITTEE)
    status = models.CharField(_("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.DRAFT)
    number = models.PositiveSmallIntegerField(_("amendment"), default=0)
    needs_second = models.BooleanField(_("needs a second person"), default=True)
    term_ends = models.DateField(_("term ends"), null=True, blank=True)
    form_by = models.DateField(_("to form the committees by"), null=True, blank=True)
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent for approval"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    returned_because = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    override_reason = models.CharField(_("why the rules are set aside"), max_length=300, blank=True)
    override_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rules set aside by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "purpose"], condition=Q(status__in=OPEN), name="one_open_proposal_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False) | Q(decided_by=None) | ~Q(decided_by=F("made_by")),
                name="two_persons_approve_a_proposal",
            ),
            models.CheckConstraint(
                condition=Q(override_reason="") | Q(override_by__isnull=False), name="who_sets_rules_aside_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.unit} · {self.number}"


class Nomination(models.Model):
    """One line of a proposal: this person for this seat; without a person the seat is to be emptied.

    ``reasons`` is what spoke for the suggestion, ``is_locked`` keeps the line when suggestions are made
    again. The person's own answer comes by a personal link; ``appointment`` is what became of the line.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="nominations", verbose_name=_("proposal"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="nominations", verbose_name=_("seat"))
    person = models.ForeignKey(
        "portal.Person", models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name=_("person")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    reasons = models.JSONField(_("what speaks for it"), default=list, blank=True)
    is_locked = models.BooleanField(_("stays when suggestions are made again"), default=False)
    returned_because = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    says_yes = models.BooleanField(_("says yes"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    no_because = models.CharField(_("why not"), max_length=300, blank=True)
    appointment = models.OneToOneField(
        Appointment, models.PROTECT, null=True, blank=True, related_name="nomination", verbose_name=_("appointment")
    )
    made_at = models.DateTimeField(_("made"))
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "seat"], name="one_nomination_a_seat"),
            models.CheckConstraint(
                condition=Q(says_yes=None) | Q(answered_at__isnull=False), name="an_answer_has_its_time"
            ),
        ]

    def __str__(self):
        return f"{self.person or '–'}, {self.seat}"


class Ending(models.Model):
    """Somebody's leaving on its way: asked for with a reason, answered by the person, decided by those who may.

    A resignation has no ``asked_by``: the person asked, by the personal link.
    """

    class Kind(models.TextChoices):
        RESIGNED = "resigned", _("resignation")
        RELIEVED = "relieved", _("relief")
        REMOVED = "removed", _("removal")

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="endings", verbose_name=_("appointment"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300)
    needs_second = models.BooleanField(_("needs a second person"), default=True)
    asked_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    reply_by = models.DateField(_("may be answered until"), null=True, blank=True)
    reply = models.CharField(_("what the person says"), max_length=500, blank=True)
    replied_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    agreed = models.BooleanField(_("agreed"), null=True, blank=True)

    class Meta:
        verbose_name = _("leaving")
        verbose_name_plural = _("leavings")
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(decided_at=None), name="one_open_leaving_an_appointment"
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False) | Q(decided_by=None) | Q(asked_by=None) | ~Q(decided_by=F("asked_by")),
                name="two_persons_end_an_appointment",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_leaving_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.appointment} · {self.get_kind_display()}"
