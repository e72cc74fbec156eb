"""A day with its window, its panels and rooms, and the times to be filled."""

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from interviews.querysets import DayQuerySet
from portal.bilingual import Spoken
from portal.models.people import new_link_key


def new_lot():
    """The seed of the lot that breaks a last tie: drawn when the day is planned, shown with the result."""
    return get_random_string(8, "ABCDEFGHJKMNPQRSTVWXYZ23456789")


class InterviewDay(models.Model):
    """One day of interviews for a drive. Times are of Asia/Kolkata.

    ``last_token`` counts the arrivals: one update draws the next number.
    """

    drive = models.ForeignKey("applications.Drive", models.PROTECT, related_name="days", verbose_name=_("drive"))
    unit = models.ForeignKey("committees.Unit", models.PROTECT, related_name="interview_days", verbose_name=_("unit"))
    date = models.DateField(_("date"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    break_starts = models.TimeField(_("break from"), null=True, blank=True)
    break_ends = models.TimeField(_("break to"), null=True, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(_("minutes with the panel"), default=7)
    gap_minutes = models.PositiveSmallIntegerField(_("minutes between"), default=1)
    place = Spoken()
    place_hi = models.CharField(_("place in Hindi"), max_length=200)
    place_en = models.CharField(_("place in English"), max_length=200, blank=True)
    held_in = models.ForeignKey(
        "committees.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("district it is held in"),
        help_text=_("Those who come from far get later times."),
    )
    last_token = models.PositiveSmallIntegerField(default=0, editable=False)
    lot = models.CharField(_("seed of the lot"), max_length=8, default=new_lot, editable=False)
    turnout = models.PositiveSmallIntegerField(
        _("expected turnout in percent"), null=True, blank=True, help_text=_("Empty: as learned from the days before.")
    )
    woman_on_panel = models.BooleanField(_("a woman on each panel"), default=False)
    fill_seed = models.CharField(_("seed of the last filling"), max_length=8, blank=True, editable=False)
    lets_choose = models.BooleanField(_("applicants may choose a free time"), default=False)
    choose_until = models.DateTimeField(_("choosing ends"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    takes_walk_ins = models.BooleanField(_("people may come without a call"), default=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=250, blank=True)
    released_at = models.DateTimeField(_("calls sent"), null=True, blank=True)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    frozen_at = models.DateTimeField(_("results frozen"), null=True, blank=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview day")
        verbose_name_plural = _("interview days")
        constraints = [
            models.UniqueConstraint(fields=["drive", "date"], name="one_day_a_drive_and_date"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_day_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(slot_minutes__gte=3), name="a_slot_has_three_minutes"),
            models.CheckConstraint(
                condition=Q(turnout=None) | Q(turnout__gte=1, turnout__lte=100), name="a_turnout_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(break_starts=None, break_ends=None)
                | Q(break_starts__isnull=False, break_ends__isnull=False, break_ends__gt=F("break_starts")),
                name="a_break_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.drive} · {self.date:%Y-%m-%d}"

    @property
    def address(self):
        """The words of its addresses; the drive must be selected."""
        return [self.date.isoformat(), self.drive.slug]


class Panel(models.Model):
    """The people in one room. ``date`` and ``place`` repeat the day's, so that no room is given twice by two drives.

    ``opens`` and ``closes`` narrow the day's window for this room alone.
    """

    day = models.ForeignKey(InterviewDay, models.CASCADE, related_name="panels", verbose_name=_("day"))
    name = models.CharField(_("panel"), max_length=40)
    room = models.CharField(_("room"), max_length=40)
    date = models.DateField(_("date"), editable=False)
    place = models.CharField(_("place"), max_length=200, editable=False)
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("to"), null=True, blank=True)
    members = models.ManyToManyField(
        "portal.Person", through="interviews.PanelMember", related_name="panels", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["day", "name"]
        constraints = [
            models.UniqueConstraint(fields=["date", "place", "room"], name="one_panel_a_room"),
            models.UniqueConstraint(fields=["day", "name"], name="one_panel_a_name"),
        ]

    def __str__(self):
        return self.name


class PanelMember(models.Model):
    """A person on a panel, for the whole of its date or for a part of it.

    The database lets nobody sit in two rooms at one time. Who changes rooms
    at noon has two rows. ``told_as`` is what the person was last told.
    """

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="memberships", verbose_name=_("panel"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="panel_days", verbose_name=_("person"))
    speaks = models.JSONField(_("languages"), default=list, blank=True)
    told_version = models.PositiveSmallIntegerField(default=0, editable=False)
    told_as = models.CharField(max_length=300, blank=True, editable=False)
    comes = models.BooleanField(_("says to come"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("panel member")
        verbose_name_plural = _("panel members")
        constraints = [
            models.UniqueConstraint(fields=["panel", "person", "starts_at"], name="one_row_a_stay_on_a_panel"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_stay_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.person}, {self.panel}"


class Pause(models.Model):
    """A panel, or one of its members, is away: announced before, or from now on until somebody ends it."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="pauses", verbose_name=_("panel"))
    person = models.ForeignKey(
        "portal.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only this person")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"), null=True, blank=True)
    why = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("pause of a panel")
        verbose_name_plural = _("pauses of panels")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="a_pause_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(ends_at=None, person=None), name="one_open_pause_a_panel"
            ),
        ]

    def __str__(self):
        return f"{self.panel} {self.starts_at:%H:%M}"


class Slot(models.Model):
    """A time with a panel, half-open: the next may begin where it ends."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="slots", verbose_name=_("panel"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["starts_at", "panel"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "starts_at"], name="one_slot_a_panel_and_start"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_slot_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{self.panel} {self.starts_at:%H:%M}"


class Board(models.Model):
    """The key of a TV on the wall: shows tokens without a sign-in, for some days."""

    day = models.ForeignKey(InterviewDay, models.CASCADE, related_name="boards", verbose_name=_("day"))
    key = models.CharField(_("key"), max_length=32, default=new_link_key, unique=True, editable=False)
    shows_names = models.BooleanField(_("shows first names"), default=True)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("TV board")
        verbose_name_plural = _("TV boards")

    def __str__(self):
        return f"{self.day} {self.key[:4]}…"
