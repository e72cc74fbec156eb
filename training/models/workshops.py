"""Workshops, who is invited, and who came."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.access import Right
from committees.levels import Level
from portal.bilingual import Spoken
from portal.models.people import new_link_key
from training.querysets import EnrolmentQuerySet, WorkshopQuerySet

USUAL_ABSENT, MOST_ABSENT = 20, 60  # percent


class Workshop(models.Model):
    """One gathering to learn, for those who sit in a unit or below it.

    A batch of a series expects that ``absent_share`` percent of the invited say nothing, and invites so many more;
    with 0 as many as it has seats.
    """

    DUTIES = {Right.TRAIN: "trainers"}

    slug = models.SlugField(_("word in the address"), max_length=40, unique=True)
    series = models.ForeignKey(
        "training.Series", models.PROTECT, null=True, blank=True, related_name="workshops", verbose_name=_("series")
    )
    unit = models.ForeignKey(
        "committees.Unit", models.PROTECT, related_name="workshops", verbose_name=_("for the unit")
    )
    level = models.CharField(_("for members of the level"), max_length=8, choices=Level, blank=True)
    title = Spoken()
    place = Spoken()
    title_hi = models.CharField(_("title in Hindi"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    place_hi = models.CharField(_("place in Hindi"), max_length=200)
    place_en = models.CharField(_("place in English"), max_length=200, blank=True)
    capacity = models.PositiveIntegerField(_("seats"))
    absent_share = models.PositiveSmallIntegerField(_("percent who will not answer"), default=USUAL_ABSENT)
    trainers = models.ManyToManyField("portal.Person", blank=True, related_name="teaches", verbose_name=_("trainers"))
    invites_from = models.DateTimeField(_("invitations from"))
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_workshop_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="a_workshop_has_room"),
            models.CheckConstraint(condition=Q(absent_share__lte=MOST_ABSENT), name="a_workshop_expects_somebody"),
        ]

    def __str__(self):
        return self.title


class Answer(models.TextChoices):
    NONE = "", _("no answer yet")
    YES = "yes", _("coming")
    NO = "no", _("not coming")
    WAITING = "waiting", _("waiting list")
    OTHER = "other", _("another date")


class Enrolment(models.Model):
    """One person's invitation to a workshop, and the answer. ``link_key`` opens the RSVP page.

    ``batch_of`` repeats the workshop's series as long as this is the person's batch of it, so that the database
    can refuse a second one; it is let go with another date, by silence (``lapsed_at``), and when it is over.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="enrolments", verbose_name=_("workshop"))
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="enrolments", verbose_name=_("person"))
    link_key = models.CharField(max_length=32, default=new_link_key, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("silent for too long"), null=True, blank=True)
    place_number = models.PositiveIntegerField(_("place"), null=True, blank=True)
    batch_of = models.ForeignKey(
        "training.Series",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the person's batch of the series"),
        editable=False,
    )
    certificate = models.OneToOneField(
        "portal.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolment",
        verbose_name=_("certificate"),
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "person"], name="one_enrolment_a_person_and_workshop"),
            models.UniqueConstraint(fields=["workshop", "place_number"], name="one_person_a_place"),
            models.UniqueConstraint(fields=["batch_of", "person"], name="one_batch_of_a_series_a_person"),
            models.CheckConstraint(
                condition=Q(answer="yes", place_number__isnull=False) | (~Q(answer="yes") & Q(place_number=None)),
                name="who_comes_has_a_place",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.workshop}"
