"""The forms of our admin pages."""

from io import BytesIO

from django import forms
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from portal import brand, names, people, phones
from portal.models import Organisation, Person, User

LOGO_BYTES = 12 * 1024
LOGO_SIDE = 320
LOGO_UPLOAD = 2 * 1024 * 1024
LOGO_PIXELS = 4_000_000


class PersonForm(forms.ModelForm):
    """A person, by hand. A phone is given once; another phone is another entry."""

    class Meta:
        model = Person
        fields = ["name", "phone", "share", "email", "gender", "birth_year", "language"]
        widgets = {"language": forms.Select(choices=[("hi", _("Hindi")), ("en", _("English"))])}

    def clean_name(self):
        return names.clean(self.cleaned_data["name"])

    def clean_phone(self):
        try:
            return phones.normalise(self.cleaned_data["phone"])
        except phones.BadPhone:
            raise forms.ValidationError(_("A mobile number has 10 digits and begins with 6, 7, 8 or 9.")) from None


class NewPersonForm(PersonForm):
    """Someone known under the same name is found, not made twice; under another name, it tells so."""

    share = forms.TypedChoiceField(
        label=_("family member on this phone"),
        choices=[(0, _("the phone's own person")), (1, "1"), (2, "2"), (3, "3")],
        coerce=int,
    )

    def clean(self):
        cleaned = super().clean()
        known = Person.objects.filter(phone=cleaned.get("phone"), share=cleaned.get("share") or 0).first()
        if known and cleaned.get("name") and not people.alike(known.name, cleaned["name"]):
            told = _("This number is known under the name %(name)s. Give a share from 1 to 3 for a family member.")
            self.add_error("phone", told % {"name": known.name})
        return cleaned

    def _get_validation_exclusions(self):
        """``clean`` asked who has this phone and share; a known person is no mistake."""
        return super()._get_validation_exclusions() | {"share"}


class UserForm(forms.ModelForm):
    """Opens a sign-in for a known person, or shuts one."""

    class Meta:
        model = User
        fields = ["person", "is_active"]

    def clean_person(self):
        person = self.cleaned_data["person"]
        taken = User.objects.filter(phone=person.phone).exclude(person=person).select_related("person").first()
        if taken:
            told = _("%(name)s already signs in with this number.")
            raise forms.ValidationError(told % {"name": taken.person.name})
        return person


class OrganisationForm(forms.ModelForm):
    """Names, colour and logo; the readable shades are computed."""

    logo_file = forms.FileField(
        label=_("logo"),
        required=False,
        help_text=_("PNG, WebP or JPG. It is re-made small: at most 320 pixels wide and 12 KB."),
    )
    without_logo = forms.BooleanField(label=_("take the logo off"), required=False)

    class Meta:
        model = Organisation
        fields = [
            "name_hi", "name_en", "brand", "help_phone", "help_whatsapp", "help_hours_hi", "help_hours_en", "office_hi",
            "office_en", "grievance_name", "grievance_phone", "grievance_email", "signs_hi", "signs_en", "printer_line",
            "shows_committees", "sms_paise", "quiet_from", "quiet_until",
        ]  # fmt: skip
        widgets = {"brand": forms.TextInput({"type": "color"})} | dict.fromkeys(
            ("quiet_from", "quiet_until"), forms.TimeInput({"type": "time"}, format="%H:%M")
        )

    def clean_brand(self):
        try:
            brand.colours(self.cleaned_data["brand"])
        except brand.BadColour:
            raise forms.ValidationError(
                _("No text can be read on this colour. Choose a darker or a lighter one.")
            ) from None
        return self.cleaned_data["brand"]

    def clean_logo_file(self):
        upload = self.cleaned_data["logo_file"]
        if not upload:
            return None
        if upload.size > LOGO_UPLOAD:
            raise forms.ValidationError(_("The logo must be smaller than 2 MB."))
        try:
            return remade(upload)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise forms.ValidationError(_("The logo must be a PNG, WebP or JPG; this file is none.")) from None


def remade(upload):
    """The logo as small WebP without metadata, within ``LOGO_BYTES``. Raises what Pillow raises for no picture."""
    with Image.open(upload, formats=["PNG", "WEBP", "JPEG"]) as picture:
        if picture.width * picture.height > LOGO_PIXELS:
            raise ValueError(picture.size)
        logo = picture.convert("RGBA")
    for side in (LOGO_SIDE, 200, 120, 80):
        logo.thumbnail((side, side))
        for quality in (90, 70, 50):
            small = BytesIO()
            logo.save(small, "WEBP", quality=quality)
            if small.tell() <= LOGO_BYTES:
                return small.getvalue()
    raise ValueError(LOGO_BYTES)
