"""The questions of the desk, as they stand in an address."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from applications.models.answers import Followers, SocialGroup
from applications.models.links import Via
from applications.sieve.ground import CHAIN, Ground
from applications.states import Reason, Status
from committees.levels import Level
from portal.models.people import Gender

HAS = [("photo", _("photo")), ("writing", _("writing sample")), ("links", _("social media link"))]
HOW = [
    ("own", _("by the applicant")),
    ("assisted", _("written down by the office")),
    ("imported", _("from an imported file")),
]
AGES = [
    ("25", _("up to 25")),
    ("35", _("26 to 35")),
    ("45", _("36 to 45")),
    ("60", _("46 to 60")),
    ("99", _("over 60")),
]
SCORES = [
    ("4", _("4 and more")),
    ("3", _("3 and more")),
    ("2", _("less than 3")),
    ("unread", _("not yet read")),
]
PENCIL = [("yes", _("decided in pencil")), ("no", _("not decided"))]
SORTS = [
    ("", _("newest first")),
    ("received", _("oldest first")),
    ("name", _("by name")),
    ("score", _("best marks first, those that were read")),
]
TIMES = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2199, 12, 31))]
REPRESENTATION = ["gender", "group", "age"]  # to look at and to count; never for a file or a decision about many
HIDDEN = ["status", "link", "batch"]  # these come by a click, not by choosing


def choice(label, choices: Iterable, empty=None) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty or _("all")), *choices], required=False)


def day(label) -> forms.DateField:
    return forms.DateField(label=label, required=False, validators=TIMES, widget=forms.DateInput({"type": "date"}))


class SieveForm(forms.Form):
    """Checks each value by itself; ``Sieve`` says what it means."""

    q = forms.CharField(label=_("Name, number, place or @handle"), max_length=120, required=False)
    drive = choice(_("Drive"), [])
    district = choice(_("District"), [])
    assembly = choice(_("Assembly constituency"), [])
    block = choice(_("Block"), [])
    mandal = choice(_("Mandal"), [])
    booth = choice(_("Booth"), [])
    status = choice(_("Status"), Status.choices)
    level = choice(_("Level to serve at"), Level.choices)
    wish = choice(_("Wishes this post"), [])
    followers = choice(_("Followers"), Followers.choices)
    has = forms.MultipleChoiceField(
        label=_("Only with"), choices=HAS, required=False, widget=forms.CheckboxSelectMultiple
    )
    via = choice(_("Came by"), Via.choices)
    link = forms.CharField(label=_("Code of the QR"), max_length=8, required=False)
    tag = choice(_("Tag"), [])
    since = day(_("Received from"))
    until = day(_("Received until"))
    how = choice(_("How it came in"), HOW)
    batch = forms.CharField(label=_("Import"), max_length=8, required=False)
    score = choice(_("Marks of the readers"), SCORES)
    reason = choice(_("Kind of reason"), Reason.choices)
    pencil = choice(_("In pencil"), [*PENCIL, *[(s.value, s.label) for s in Status]])
    gender = choice(_("Gender"), [pair for pair in Gender.choices if pair[0] != Gender.UNSAID])
    group = choice(_("Social group"), [pair for pair in SocialGroup.choices if pair[0]])
    age = choice(_("Age"), AGES)
    below = forms.BooleanField(label=_("May be considered for committees below"), required=False)
    lost = forms.BooleanField(label=_("Place still to be found"), required=False)
    sort = choice(_("Order"), SORTS[1:], SORTS[0][1])

    def __init__(self, data, *, ground: Ground) -> None:
        super().__init__(data)
        self.fields["drive"].choices = [("", _("all")), *((call.slug, call.title) for call in ground.calls)]
        self.fields["tag"].choices = [("", _("all")), *((tag, tag) for tag in ground.tags)]
        self.fields["wish"].choices = [("", _("all")), *((post.code, post.name) for post in ground.posts)]
        for level in CHAIN:
            units = [(unit.slug, unit.title) for unit in ground.places[level]]
            self.fields[level].choices = [("", _("all")), *units] if units else []
        asked = ground.call and ground.call.asks_representation
        for name in REPRESENTATION:
            if not (asked or (name == "age" and ground.call)):  # everybody tells the year of birth
                del self.fields[name]

    def shown(self) -> list[forms.BoundField]:
        """What the sheet of filters offers: only where there is something to choose."""
        one_click = {"q", "sort", *HIDDEN}
        fields = [field for field in self if field.name not in one_click]
        return [field for field in fields if len(getattr(field.field, "choices", "abc")) > 1]
