"""The form of one more file or link to hand out. It checks; it never saves (see ``domain.supplying``)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from training import media

TOO_HEAVY = _("The file must be smaller than 5 MB. A longer film or sound belongs on a site of films: give its link.")


class MediaField(forms.FileField):
    """A PDF, picture, sound or film; clean gives it as it is handed out."""

    widget = forms.FileInput(attrs={"accept": "image/*,application/pdf,audio/mpeg,video/mp4"})
    default_error_messages = {
        "heavy": TOO_HEAVY,
        "pixels": _("The photo has too many pixels; take one with fewer megapixels"),
        "kind": _("The file must be a PDF, JPG, PNG, MP3 or MP4; this file is none"),
        "program": _("This PDF carries a program or another file inside; save it as a plain PDF and choose it again"),
        "invalid": _("The file did not arrive; choose it again"),
        "missing": _("The file did not arrive; choose it again"),
        "empty": _("The file must be a PDF, JPG, PNG, MP3 or MP4; this file is none"),
    }
    words = {media.TooHeavy: "heavy", media.TooManyPixels: "pixels", media.HasProgram: "program"}

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > media.MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(self.error_messages["heavy"])
        try:
            return media.receive(upload.name, upload.read())
        except media.BadFile as bad:
            raise forms.ValidationError(self.error_messages[self.words.get(type(bad), "kind")]) from None


class MaterialForm(forms.Form):
    """What it is called, and either a file or a link."""

    title_hi = forms.CharField(
        label=_("Title in Hindi"), max_length=160, error_messages={"required": _("Write the title.")}
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    file = MediaField(
        label=_("File"),
        required=False,
        help_text=_("PDF, JPG, PNG, MP3 or MP4, at most 5 MB. People load it on their phones: the smaller the better."),
    )
    url = forms.URLField(
        label=_("Or a link"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput({"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"invalid": _("Write the whole address, as in https://example.com/page.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.add_input(Submit("add", _("Add"), css_class="btn"))

    def clean(self):
        data = super().clean()
        if "file" not in self.errors and "url" not in self.errors and bool(data.get("file")) == bool(data.get("url")):
            self.add_error("file", _("Choose a file or give a link, one of the two."))
        return data
