"""Fields that know how people here write: cleaned text, counted words, phones in any spelling, files by content."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications import platforms, tongues
from applications.domain import files
from portal import names


class CleanCharField(forms.CharField):
    """A line without invisible signs and doubled blanks."""

    def to_python(self, value):
        return names.clean(super().to_python(value))


class CleanTextField(forms.CharField):
    """Several lines, each cleaned; ``fewest`` and ``most`` count words as a reader would."""

    widget = forms.Textarea

    def __init__(self, *args, most, fewest=0, **kwargs):
        super().__init__(*args, max_length=6000, **kwargs)
        self.most, self.fewest = most, fewest
        self.widget.attrs |= {"data-words": most}

    def to_python(self, value):
        lines = super().to_python(value).splitlines()
        return "\n".join(names.clean(line) for line in lines).strip()

    def validate(self, value):
        super().validate(value)
        count = names.word_count(value)
        if value and not self.fewest <= count <= self.most:
            raise forms.ValidationError(self.error_messages["words"] % {"count": count})


class ChoicesField(forms.TypedMultipleChoiceField):
    """Several of some options, between ``fewest`` and ``most`` of them, as their numbers."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": _("Choose among the answers"),
        "invalid_list": _("Choose among the answers"),
        "counts": _("Choose from %(fewest)s to %(most)s answers; now there are %(count)s"),
    }

    def __init__(self, *, fewest, most, **kwargs):
        super().__init__(coerce=int, empty_value=[], **kwargs)
        self.fewest, self.most = fewest, most

    def validate(self, value):
        super().validate(value)
        bounds = {"fewest": max(self.fewest, 1), "most": self.most, "count": len(value)}
        if value and not self.fewest <= len(set(value)) <= self.most:
            raise forms.ValidationError(self.error_messages["counts"] % bounds)


class LinkField(CleanCharField):
    """A link, or a name in a network that we know; clean gives the account."""

    widget = forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"})

    def clean(self, value):
        typed = super().clean(value)
        try:
            return platforms.recognise(typed) if typed else None
        except platforms.NotALink:
            raise forms.ValidationError(_("Write a link or a name such as @yourname")) from None


class AttachmentField(forms.FileField):
    """A PDF or a picture; clean gives it as we keep it, or the one that is there."""

    widget = forms.FileInput(attrs={"accept": "image/*,application/pdf"})
    default_error_messages = {
        "heavy": _("The file must be smaller than %(most)s MB"),
        "pixels": _("The photo has too many pixels; take one with fewer megapixels"),
        "kind": _("The file must be a PDF, JPG, PNG or WebP; this file is none"),
        "program": _("This PDF carries a program or another file inside; save it as a plain PDF and choose it again"),
        "invalid": _("The file did not arrive; choose it again"),
        "missing": _("The file did not arrive; choose it again"),
        "empty": _("The file must be a PDF, JPG, PNG or WebP; this file is none"),
    }

    def __init__(self, *, most, **kwargs):
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not data or not upload:
            return upload
        heavy = forms.ValidationError(self.error_messages["heavy"] % {"most": self.most})
        if upload.size > self.most * files.MEGABYTE:
            raise heavy
        try:
            return files.receive(upload.name, upload.read(), most=self.most)
        except files.TooHeavy:
            raise heavy from None
        except files.BadFile as bad:
            word = {files.TooManyPixels: "pixels", files.HasProgram: "program"}.get(type(bad), "kind")
            raise forms.ValidationError(self.error_messages[word]) from None


BAD_TIME = {"invalid": _("Write the time as hours and minutes, for example 11:00.")}


def clock(label, *, required=False):
    return forms.TimeField(
        label=label,
        required=required,
        error_messages=BAD_TIME | {"required": _("Write the time.")},
        widget=forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M"),
    )


def tongues_of(label):
    """Which languages beside Hindi somebody understands."""
    return forms.MultipleChoiceField(
        label=label, choices=list(tongues.TONGUES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
