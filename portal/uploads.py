"""A picture that somebody sends by a form: the same limits and the same words on every page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import pictures


class PictureField(forms.FileField):
    """Any picture of a phone; ``clean`` gives what ``make`` makes of its bytes, or ``None``."""

    widget = forms.FileInput(attrs={"accept": "image/*"})
    default_error_messages = {
        "heavy": _("The photo must be smaller than 8 MB"),
        "pixels": _("The photo has too many pixels; take one with fewer megapixels"),
        "kind": _("The photo must be a JPG, PNG or WebP; this file is none"),
        "invalid": _("The photo did not arrive; choose it again"),
        "empty": _("The photo must be a JPG, PNG or WebP; this file is none"),
        "missing": _("The photo did not arrive; choose it again"),
    }

    def __init__(self, *args, make, **kwargs):
        """``make`` may raise what ``portal.pictures`` raises."""
        super().__init__(*args, **kwargs)
        self.make = make

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > pictures.MOST_BYTES:
            raise forms.ValidationError(self.error_messages["heavy"])
        try:
            return self.make(upload.read())
        except pictures.TooManyPixels:
            raise forms.ValidationError(self.error_messages["pixels"]) from None
        except pictures.BadPicture:
            raise forms.ValidationError(self.error_messages["kind"]) from None
