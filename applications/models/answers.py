"""What people write: drafts, then applications."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications import answered
from applications.models.consents import ConsentText
from applications.models.drives import Drive
from applications.models.links import ShareLink
from applications.querysets import ApplicationQuerySet, DraftQuerySet
from applications.states import Reason, Status
from committees.access import Right
from committees.levels import Level
from portal import phones
from portal.models.people import Gender, new_link_key


class SocialGroup(models.TextChoices):
    SC = "SC", _("Scheduled Caste")
    ST = "ST", _("Scheduled Tribe")
    OBC = "OBC", _("Other Backward Class")
    MINORITY = "MIN", _("minority")
    GENERAL = "GEN", _("general")
    UNSAID = "", _("prefer not to say")


class CanCome(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    OTHER_DAY = "other", _("another day would suit")


class Since(models.TextChoices):
    NEW = "new", _("just joining")
    UNDER_2 = "0-2", _("less than 2 years")
    UNDER_5 = "2-5", _("2 to 5 years")
    UNDER_10 = "5-10", _("5 to 10 years")
    OVER_10 = "10+", _("more than 10 years")


class Followers(models.TextChoices):
    """How many follow the person's liveliest account; said by the person, in bands."""

    FEW = "0-500", _("up to 500")
    SOME = "500-2k", _("500 to 2,000")
    MANY = "2k-10k", _("2,000 to 10,000")
    CROWD = "10k+", _("more than 10,000")


class Photo(models.Model):
    """A photo as we re-made it: WebP, no metadata, small."""

    image = models.BinaryField(_("image"))
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    fingerprint = models.CharField(
        max_length=16, blank=True, editable=False, db_index=True
    )  # alike pictures, alike signs

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return f"{self.width}×{self.height}"


class Draft(models.Model):
    """An application begun. ``answers`` holds what each step saved, as typed and checked.

    ``key`` is the secret of the device cookie and of the resume link.
    ``submitted_as`` makes a second press of the button harmless.
    """

    drive = models.ForeignKey(Drive, models.CASCADE, related_name="drafts", verbose_name=_("drive"))
    key = models.CharField(max_length=32, default=new_link_key, unique=True, editable=False)
    phone = models.CharField(_("mobile number"), max_length=13, blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, blank=True, related_name="+")
    link = models.ForeignKey(ShareLink, models.SET_NULL, null=True, blank=True, related_name="drafts")
    first_link = models.ForeignKey(ShareLink, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2, default="hi")
    entered_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written down by")
    )
    begun_at = models.DateTimeField(_("begun"))
    saved_at = models.DateTimeField(_("saved"))
    submitted_as = models.OneToOneField(
        "applications.Application", models.CASCADE, null=True, blank=True, related_name="draft"
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [models.Index(fields=["drive", "phone"])]
        constraints = [
            models.CheckConstraint(condition=Q(saved_at__gte=F("begun_at")), name="a_draft_is_saved_after_it_began"),
        ]

    def __str__(self):
        return f"{self.drive_id} {self.begun_at:%d.%m. %H:%M}"


class Application(models.Model):
    """What was handed in, from the receipt to the appointment."""

    CONFLICT_OF = "conflicts__person"  # who may not judge a person does not see the application either

    DUTIES = {Right.READ: "readings__reader__person"}  # a reader reads what was given to them

    OUT_OF_SIGHT = Q(consent_ended_at__isnull=False)  # consent was withdrawn: nobody of the office sees it any more

    drive = models.ForeignKey(Drive, models.PROTECT, related_name="applications", verbose_name=_("drive"))
    name = models.CharField(_("full name"), max_length=120)
    phone = models.CharField(_("mobile number"), max_length=13)
    share = models.PositiveSmallIntegerField(_("family member on this phone"), default=0)
    on_whatsapp = models.BooleanField(_("this is also the WhatsApp number"), default=True)
    unit = models.ForeignKey("committees.Unit", models.PROTECT, related_name="applications", verbose_name=_("unit"))
    place_note = models.CharField(_("booth or village not found in the list"), max_length=160, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"))
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, default=Gender.UNSAID)
    social_group = models.CharField(_("social group"), max_length=3, choices=SocialGroup, blank=True)
    education = models.CharField(_("education"), max_length=80, blank=True)
    since = models.CharField(_("with the party since"), max_length=5, choices=Since)
    roles = models.CharField(_("roles so far"), max_length=200, blank=True)
    work = models.TextField(_("work done"), blank=True)
    links = models.JSONField(_("social media"), default=list, blank=True)
    no_links = models.BooleanField(_("I have none"), default=False)
    followers = models.CharField(_("followers"), max_length=6, choices=Followers, blank=True)
    prompt = models.ForeignKey(
        "applications.Prompt", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("subject")
    )
    writing = models.TextField(_("writing sample"), blank=True)
    photo = models.ForeignKey(
        "applications.Photo", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    can_come = models.CharField(_("can come on the interview day"), max_length=5, choices=CanCome, blank=True)
    come_from = models.TimeField(_("can come not before"), null=True, blank=True)
    come_until = models.TimeField(_("can come not after"), null=True, blank=True)
    come_note = models.CharField(_("what to think of when giving a time"), max_length=160, blank=True)
    speaks = models.JSONField(_("languages"), default=list, blank=True)
    serve_level = models.CharField(_("level to serve at"), max_length=8, choices=Level, blank=True)
    wishes = models.JSONField(_("posts wished for, the dearest first"), default=list, blank=True)
    link = models.ForeignKey(
        ShareLink, models.SET_NULL, null=True, blank=True, related_name="applications", verbose_name=_("came by")
    )
    first_link = models.ForeignKey(
        ShareLink, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("first came by")
    )
    language = models.CharField(_("language"), max_length=2, default="hi")
    ref = models.CharField(_("application number"), max_length=8, unique=True)
    link_key = models.CharField(max_length=32, default=new_link_key, unique=True, editable=False)
    name_key = models.CharField(max_length=240, editable=False, db_index=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.SUBMITTED)
    begun_at = models.DateTimeField(_("begun"))
    submitted_at = models.DateTimeField(_("received"))
    in_grace = models.BooleanField(_("within the grace"), default=False)
    changed_at = models.DateTimeField(_("last changed"))
    consent_text = models.ForeignKey(
        ConsentText, models.PROTECT, related_name="applications", verbose_name=_("consent notice")
    )
    consent_at = models.DateTimeField(_("consent given"))
    wants_messages = models.BooleanField(_("wants later messages"), default=False)
    consent_ended_at = models.DateTimeField(_("consent withdrawn"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason of the decision"), max_length=300, blank=True)
    reason_code = models.CharField(_("kind of reason"), max_length=12, choices=Reason, blank=True)
    pencilled = models.CharField(_("decided, not yet published"), max_length=12, choices=Status, blank=True)
    pencilled_code = models.CharField(_("kind of reason in pencil"), max_length=12, choices=Reason, blank=True)
    pencilled_reason = models.CharField(_("reason in pencil"), max_length=300, blank=True)
    pencilled_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pencilled by")
    )
    pencilled_at = models.DateTimeField(_("pencilled"), null=True, blank=True)
    withdrawn_why = models.CharField(_("reason of withdrawing"), max_length=300, blank=True)
    extra = models.JSONField(_("answers to the drive's own questions"), default=dict, blank=True)
    considers_below = models.BooleanField(_("may be considered for committees below"), default=False)
    placed_at = models.DateTimeField(_("place found by the office"), null=True, blank=True)
    entered_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written down by")
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    batch = models.ForeignKey(
        "applications.ImportBatch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("came with the import"),
    )
    tags = models.ManyToManyField("applications.Tag", blank=True, related_name="applications", verbose_name=_("tags"))
    person = models.ForeignKey(
        "portal.Person", models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("person")
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(fields=["drive", "phone", "share"], name="one_application_a_phone_and_share"),
            models.CheckConstraint(condition=Q(share__lte=3), name="at_most_four_applications_a_phone"),
            models.CheckConstraint(
                condition=Q(phone__regex=phones.PATTERN) | Q(phone__startswith="x", erased_at__isnull=False),
                name="application_phone_has_one_spelling",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(consent_ended_at__isnull=False), name="what_is_erased_has_no_consent"
            ),
        ]
        indexes = [
            models.Index(fields=["drive", "status", "-submitted_at"]),
            models.Index(fields=["drive", "-submitted_at"]),
            models.Index(fields=["-submitted_at", "-id"], name="applications_newest_first"),
            models.Index(fields=["name", "id"], name="applications_by_name"),  # what is searched: migration 0007
        ]

    def __str__(self):
        return self.ref

    @property
    def own_answers(self):
        """The answers to the drive's own questions, in words."""
        return answered.all_rows(self.drive, self.extra) if self.extra else []

    @property
    def answers_for_panel(self):
        """Those of them that the panel may see."""
        return answered.all_rows(self.drive, self.extra, for_panel=True) if self.extra else []
