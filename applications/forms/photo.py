"""Step 7: a photo, the interview day, the level to serve at, and the posts one wishes for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications import wishes
from applications.domain import photos
from applications.forms.base import StepForm
from applications.models.answers import CanCome
from committees.levels import ORDER, Level
from portal import dates
from portal.uploads import PictureField

WISHES = [f"wish{place}" for place in range(1, wishes.MOST + 1)]
PLACES = [_("The post you wish for most"), _("Second choice"), _("Third choice")]


class PhotoField(PictureField):
    """A photo of somebody: clean gives it made anew, or ``None``."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, make=photos.remake, **kwargs)


class PhotoForm(StepForm):
    step = "photo"
    title = _("Photo and time")

    photo = PhotoField(
        label=_("Your photo"),
        required=False,
        help_text=_("Taken with a phone is fine. It may also come later or on the interview day."),
    )
    no_photo = forms.BooleanField(label=_("Take the photo off"), required=False)
    can_come = forms.ChoiceField(
        label=_("Can you come on the interview day?"),
        choices=CanCome,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether you can come on the interview day"),
            "invalid_choice": _("Choose one of the answers"),
        },
    )
    serve_level = forms.ChoiceField(
        label=_("At which level would you like to serve?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers")},
    )

    def __init__(self, *args, has_photo=False, **kwargs):
        self.has_photo = has_photo
        super().__init__(*args, **kwargs)

    def shape(self):
        levels = ORDER[Level(self.drive.unit.level).depth : Level(self.drive.serve_at).depth + 1]
        self.fields["serve_level"].choices = [(level.value, level.label) for level in levels]
        if len(levels) < 2:
            del self.fields["serve_level"]
        self._ask_wishes()
        if not self.drive.interviews:
            del self.fields["can_come"]
        elif self.drive.interview_on:
            self.fields["can_come"].help_text = dates.long_date(self.drive.interview_on)
        if not self.has_photo:
            del self.fields["no_photo"]

    def _ask_wishes(self):
        """As many choices as the drive has posts, three at most."""
        posts = [(post.code, post.name) for post in self.drive.posts.all()]
        for box, label in list(zip(WISHES, PLACES, strict=True))[: len(posts)]:
            self.fields[box] = forms.ChoiceField(
                label=label,
                choices=[("", _("No wish")), *posts],
                required=False,
                error_messages={"invalid_choice": _("Choose one of the posts of this drive")},
            )
        if posts:
            self.fields[WISHES[0]].help_text = _("Your wish helps, it is no promise.")

    def clean(self):
        super().clean()
        for number, box in enumerate(WISHES):
            post = self.cleaned_data.get(box)
            if post and post in [self.cleaned_data.get(former) for former in WISHES[:number]]:
                self.add_error(box, _("You have chosen this post already; choose another or leave it open"))

    @staticmethod
    def shown(saved):
        return saved | dict(zip(WISHES, saved.get("wishes", []), strict=False))

    def kept(self):
        kept = {word: self.cleaned_data[word] for word in ("can_come", "serve_level") if word in self.cleaned_data}
        wished = [self.cleaned_data[box] for box in WISHES if self.cleaned_data.get(box)]
        return kept | ({"wishes": wished} if WISHES[0] in self.fields else {})

    @property
    def picture_changes(self):
        return bool(self.cleaned_data.get("photo") or self.cleaned_data.get("no_photo"))
