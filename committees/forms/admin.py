"""What the admin asks about units and posts; checks only, ``domain.tree`` and ``domain.founding`` write."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.domain import seats
from committees.domain.tree import RESERVED
from committees.levels import Level
from committees.models import Post, Unit


class UnitForm(forms.ModelForm):
    """A unit below a parent of the level right above."""

    class Meta:
        model = Unit
        fields = ["level", "parent", "code", "slug", "number", "name_hi", "name_en", "aliases", "pin", "valid_from",
                  "valid_to"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the name.")

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("This word has a meaning of its own in our addresses."))
        return slug

    def clean(self):
        cleaned = super().clean()
        level, parent = cleaned.get("level"), cleaned.get("parent")
        if level and (parent.level if parent else None) != Level(level).above:
            self.add_error("parent", _("The parent must be of the level right above."))
        return cleaned

    def validate_constraints(self):
        """The tree finds a free word for the address; the rest is checked above."""


class PostForm(forms.ModelForm):
    """A post; whoever holds two that are to exclude each other is named before anything changes."""

    class Meta:
        model = Post
        fields = ["code", "level", "name_hi", "name_en", "role", "seats_per_unit", "most", "exclusive", "in_committee",
                  "order"]  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None or "exclusive" not in cleaned:
            return cleaned
        post = Post(pk=self.instance.pk, level=self.instance.level, exclusive=cleaned["exclusive"])
        people = seats.doubles(post=post, now=timezone.now())
        if people:
            names = ", ".join(person.name for person in people)
            self.add_error("exclusive", _("These people hold two such posts: %(names)s") % {"names": names})
        return cleaned


class UploadForm(forms.Form):
    """A CSV file of units."""

    file = forms.FileField(label=_("CSV file"), help_text=_("UTF-8, at most 20 MB"))
    dry_run = forms.BooleanField(label=_("Only check, change nothing"), required=False, initial=True)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > 20 * 1024 * 1024:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file
