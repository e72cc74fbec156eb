"""The notice before consent in one more language: a box for each of its lines, with ours beside it."""

from django import forms
from django.forms.models import ModelFormMetaclass
from django.utils.translation import gettext_lazy as _

from applications import consent
from applications.domain import consenting
from applications.models import ConsentText

LINES = consent.originals()


def _box(line):
    box = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return forms.CharField(label=line, label_suffix="", max_length=1000, widget=box)


class _Language(forms.ModelForm):
    """Names the language; what is written here is shown to people as it stands."""

    language = forms.ChoiceField(label=_("language"), choices=list)

    class Meta:
        model = ConsentText
        fields = ["language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [each for each in consent.NAMES.items() if each[0] not in consent.OURS]

    def clean_language(self):
        try:
            consenting.next_version(self.cleaned_data["language"])
        except consenting.TooManyTimes:
            raise forms.ValidationError(_("These words were put anew as often as they can be.")) from None
        return self.cleaned_data["language"]

    @property
    def said(self):
        """One text for each line of the notice."""
        return [self.cleaned_data[name] for name in BOXES]


BOXES = {f"line_{number}": _box(line) for number, line in enumerate(LINES, start=1)}
NoticeForm = ModelFormMetaclass("NoticeForm", (_Language,), {**BOXES, "__module__": __name__})


def before(notice):
    """What the boxes begin with, when the notice was added in this language before."""
    return dict(zip(BOXES, consent.said_before(notice._asdict()), strict=True))
