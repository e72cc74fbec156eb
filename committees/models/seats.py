"""Chairs, and people's time in them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.levels import Exclusive, Level, Role
from committees.models.units import Unit
from committees.querysets import AppointmentQuerySet, SeatQuerySet
from portal.bilingual import Spoken


class Post(models.Model):
    """What a chair is called at one level, how many there are, and what it may do."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    level = models.CharField(_("level"), max_length=8, choices=Level)
    name = Spoken()
    name_hi = models.CharField(_("name in Hindi"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.MEMBER)
    seats_per_unit = models.PositiveSmallIntegerField(_("seats in each unit"), default=1)
    most = models.PositiveSmallIntegerField(
        _("most seats in any unit"), null=True, blank=True, help_text=_("No unit may be given more than this.")
    )
    exclusive = models.CharField(_("one person, one post"), max_length=8, choices=Exclusive, blank=True)
    in_committee = models.BooleanField(_("counts as part of the committee"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most=None) | Q(most__gte=F("seats_per_unit")), name="a_post_stays_under_its_cap"
            ),
        ]

    def __str__(self):
        return self.name


class Seat(models.Model):
    """A chair that stays, whoever sits in it.

    One with ``closed_on`` is no longer sanctioned: who sits in it stays, nobody follows.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seats", verbose_name=_("unit"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="seats", verbose_name=_("post"))
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    closed_on = models.DateField(_("no longer sanctioned since"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(fields=["unit", "post", "number"], name="one_seat_a_unit_post_and_number"),
        ]

    def __str__(self):
        return f"{self.post}, {self.unit}"


class EndedHow(models.TextChoices):
    DECLINED = "declined", _("declined")
    RESIGNED = "resigned", _("resigned")
    RELIEVED = "relieved", _("relieved")
    REMOVED = "removed", _("removed")
    TERM = "term", _("the term was over")
    UNIT = "unit", _("the unit was closed or merged")


class Appointment(models.Model):
    """A person's time in a seat. The open one (no ``until``) is the holder.

    ``accepted_at`` is the person's own yes; ``until`` with ``ended_because``
    closes the time, also when the person says no. ``only_one`` repeats what the
    post says of other posts (``all``, or its level), so that the database can
    refuse a second one. A deputy sits in a seat that was lent: by whose
    appointment (``lent_by``), with which of its rights, and for how many seats.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="appointments", verbose_name=_("seat"))
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="appointments", verbose_name=_("person"))
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    term_ends = models.DateField(_("term ends"), null=True, blank=True)
    form_by = models.DateField(_("to form the committees by"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    shown_at = models.DateTimeField(_("agreed to be named to everybody"), null=True, blank=True)
    ended_because = models.CharField(_("reason of the end"), max_length=300, blank=True)
    ended_how = models.CharField(_("how it ended"), max_length=8, choices=EndedHow, blank=True)
    only_one = models.CharField(max_length=8, blank=True, editable=False)
    lent_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="lendings", verbose_name=_("lent by")
    )
    lent_rights = models.JSONField(_("lent rights"), default=list, blank=True)
    lent_seats = models.PositiveIntegerField(_("seats that may be filled"), null=True, blank=True)
    letter = models.OneToOneField(
        "portal.Document", models.PROTECT, null=True, blank=True, related_name="appointment", verbose_name=_("letter")
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(until=None), name="one_holder_a_seat"),
            models.UniqueConstraint(
                fields=["person", "only_one"],
                condition=Q(until=None) & ~Q(only_one=""),
                name="one_person_one_such_post",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="appointment_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | ~Q(ended_because=""), name="ending_an_appointment_needs_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(lent_by=None) | Q(term_ends__isnull=False), name="what_is_lent_has_a_last_day"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(until=None), name="who_sits_now"),
            models.Index(fields=["since"], name="who_came_lately"),
            models.Index(
                fields=["term_ends"], condition=Q(until=None, term_ends__isnull=False), name="whose_term_will_end"
            ),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="who_left_lately"),
            models.Index(fields=["accepted_at"], condition=Q(accepted_at__isnull=False), name="who_said_yes_lately"),
            models.Index(fields=["-since"], condition=Q(lent_by__isnull=False), name="what_was_lent_lately"),
        ]

    def __str__(self):
        return f"{self.person}, {self.seat}"
