"""People, and the few of them who sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_module_perms, _user_has_perm
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal import phones


class Gender(models.TextChoices):
    WOMAN = "W", _("woman")
    MAN = "M", _("man")
    OTHER = "O", _("other")
    UNSAID = "U", _("prefer not to say")


def new_link_key():
    """The secret part of a personal link: 128 bits, URL-safe."""
    return get_random_string(22)


class Person(models.Model):
    """Someone we know by phone and name.

    Not keyed by phone alone: a family may share one. ``share`` is 0 for the
    phone's own person and 1 to 3 for family members who said so.
    """

    name = models.CharField(_("full name"), max_length=120)
    name_key = models.CharField(max_length=240, editable=False, db_index=True)
    phone = models.CharField(_("mobile number"), max_length=13)
    share = models.PositiveSmallIntegerField(_("family member on this phone"), default=0)
    email = models.EmailField(_("e-mail"), blank=True)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, default=Gender.UNSAID)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, default="hi")
    link_key = models.CharField(max_length=32, default=new_link_key, unique=True, editable=False)
    created_at = models.DateTimeField(_("known since"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["phone", "share"], name="one_person_a_phone_and_share"),
            models.CheckConstraint(
                condition=Q(phone__regex=phones.PATTERN) | Q(phone__startswith="x", erased_at__isnull=False),
                name="person_phone_has_one_spelling",
            ),
            models.CheckConstraint(condition=Q(share__lte=3), name="at_most_four_people_a_phone"),
        ]

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    """Finds users by phone. New ones are made by ``portal.accounts.opening``."""

    def get_by_natural_key(self, username):
        return self.get(phone=username)


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from their posts alone.

    There is no superuser and there are no groups: see ``committees.access``.
    """

    person = models.OneToOneField(Person, models.PROTECT, related_name="user", verbose_name=_("person"))
    phone = models.CharField(_("mobile number"), max_length=13, unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("since"))

    objects = UserManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__regex=phones.PATTERN) | Q(phone__startswith="x", is_active=False),
                name="user_phone_has_one_spelling",
            ),
        ]

    def __str__(self):
        return self.person.name

    @property
    def email(self):
        """Libraries ask a user for an address; ours is the person's."""
        return self.person.email

    def has_perm(self, perm, obj=None):
        return self.is_active and _user_has_perm(self, perm, obj)

    def has_perms(self, perms, obj=None):
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label):
        return self.is_active and _user_has_module_perms(self, app_label)


class PhoneCode(models.Model):
    """A six-digit code sent to a phone, for someone without an account.

    Kept hashed, bound to the browser session that asked, five tries, ten minutes.
    """

    phone = models.CharField(max_length=13, db_index=True)
    session = models.CharField(max_length=64)
    digest = models.CharField(max_length=128)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("phone code")
        verbose_name_plural = _("phone codes")
        indexes = [models.Index(fields=["session", "-sent_at"])]
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="a_code_has_five_tries")]

    def __str__(self):
        return f"{self.phone[-3:]} {self.sent_at:%H:%M}"
