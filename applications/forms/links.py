"""A new way to a drive, and how its poster looks."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from applications.domain import printing
from applications.forms.drives import UnitField, units_for_drives
from applications.forms.photo import PhotoField
from applications.models import Drive
from applications.models.links import Via
from applications.poster_words import Design
from applications.posters import Size, Template
from committees.models import Unit

OFFERED = [via for via in Via if via != Via.FRIEND]  # friends' links are made by applying
TEMPLATES = [
    (Template.TEXT, _("Title large")),
    (Template.PHOTO, _("With a leader's photo")),
    (Template.EVENT, _("For an event")),
    (Template.DISTRICT, _("Name of the place large")),
    (Template.PLAIN, _("Black and white, for any printer")),
]
SIZES = [
    (Size.SQUARE, _("Post: WhatsApp, Instagram")),
    (Size.STORY, _("Story and status")),
    (Size.COVER, _("Facebook cover")),
    (Size.OG, _("Picture beside a link")),
    (Size.A4, _("A4 for printing")),
    (Size.A3, _("A3 for printing")),
    (Size.TENT, _("Table tent, A5 on both sides")),
    (Size.STICKERS, _("24 stickers on A4")),
]
LANGUAGES = [("hi", "हिंदी"), ("en", "English")]
TOO_LONG = {"max_length": _("This is too long: at most %(limit_value)d characters.")}
NONE_OF_THESE = {"invalid_choice": _("Choose one of these."), "required": _("Choose at least one.")}


class LinkForm(forms.Form):
    """Which drive, where it will hang, for whom."""

    drive = forms.ModelChoiceField(
        label=_("Drive"), queryset=Drive.objects.none(), empty_label=_("choose"), to_field_name="slug",
        error_messages={"required": _("Choose the drive."), "invalid_choice": _("Choose one of these drives.")},
    )  # fmt: skip
    via = forms.ChoiceField(
        label=_("Channel"), choices=[(via.value, via.label) for via in OFFERED], error_messages=NONE_OF_THESE
    )
    unit = UnitField(
        label=_("For the unit"), queryset=None, empty_label=_("choose"),
        error_messages={"required": _("Choose the unit."), "invalid_choice": _("Choose one of your own units.")},
    )  # fmt: skip
    label = forms.CharField(
        label=_("Where it hangs"), max_length=120, required=False,
        help_text=_("For your own list, for instance: bus stand, Sunday's meeting, our Facebook page."),
        error_messages={"max_length": _("At most 120 characters.")},
    )  # fmt: skip

    def __init__(self, *args, user, tops, drives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["drive"].queryset = drives
        self.fields["unit"].queryset = units_for_drives(user, tops)
        self.initial.setdefault("unit", tops[0].pk)
        self.helper = FormHelper()
        self.helper.add_input(Submit("make", _("Make the link and its QR")))


class DesignForm(forms.Form):
    """How the poster looks. Asked by GET: the address of a design can be sent on."""

    template = forms.ChoiceField(label=_("Template"), choices=TEMPLATES, required=False, error_messages=NONE_OF_THESE)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False, error_messages=NONE_OF_THESE)
    size = forms.ChoiceField(label=_("Size"), choices=SIZES, required=False, error_messages=NONE_OF_THESE)
    headline = forms.CharField(label=_("Title"), max_length=120, required=False, error_messages=TOO_LONG)
    line = forms.CharField(label=_("Line under it"), max_length=240, required=False, error_messages=TOO_LONG)
    when = forms.CharField(label=_("When"), max_length=80, required=False, error_messages=TOO_LONG)
    where = forms.CharField(label=_("Where"), max_length=120, required=False, error_messages=TOO_LONG)
    portrait_name = forms.CharField(label=_("Leader's name"), max_length=60, required=False, error_messages=TOO_LONG)
    portrait_post = forms.CharField(label=_("Leader's post"), max_length=80, required=False, error_messages=TOO_LONG)

    def design(self):
        """What was chosen; what was not, or wrongly, is the usual."""
        self.full_clean()
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != "size"}
        return Design(**chosen)

    def size_chosen(self):
        return Size(self.cleaned_data.get("size") or Size.SQUARE)

    def of_template(self, template):
        """The fields of this template alone."""
        names = {Template.EVENT: ("when", "where"), Template.PHOTO: ("portrait_name", "portrait_post")}
        return [self[name] for name in names.get(template, ())]


class PortraitForm(forms.Form):
    """A leader's photo. It is made anew at once, as every photo is; the file that came is not kept."""

    photo = PhotoField(
        label=_("Leader's photo"),
        help_text=_("JPG, PNG or WebP up to 8 MB. It is kept for one hour, only to draw with."),
        required=False,
    )


class BulkForm(forms.Form):
    """A poster for each unit directly below one of mine."""

    drive = forms.ModelChoiceField(
        label=_("Drive"), queryset=Drive.objects.none(), empty_label=_("choose"), to_field_name="slug",
        error_messages={"required": _("Choose the drive."), "invalid_choice": _("Choose one of these drives.")},
    )  # fmt: skip
    above = UnitField(
        label=_("For each unit directly below"), queryset=None, empty_label=None,
        error_messages={"required": _("Choose the unit."), "invalid_choice": _("Choose one of your own units.")},
    )  # fmt: skip
    template = forms.ChoiceField(
        label=_("Template"), choices=[row for row in TEMPLATES if row[0] != Template.PHOTO], initial=Template.DISTRICT,
        error_messages=NONE_OF_THESE,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, error_messages=NONE_OF_THESE)
    sizes = forms.MultipleChoiceField(
        label=_("Sizes"), choices=SIZES, initial=[Size.A4, Size.SQUARE], widget=forms.CheckboxSelectMultiple,
        error_messages=NONE_OF_THESE,
    )  # fmt: skip

    def __init__(self, *args, user, tops, drives, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["drive"].queryset = drives
        self.fields["above"].queryset = units_for_drives(user, tops)
        self.initial.setdefault("above", tops[0].pk)
        self.helper = FormHelper()
        self.helper.form_action = "applications:posters-bulk"
        self.helper.add_input(Submit("bulk", _("Make them all")))

    def clean(self):
        """With ``units``, those directly below; refused when there is none, or more to draw than a job may take."""
        values = super().clean()
        if not {"above", "sizes"} <= set(values):
            return values
        values["units"] = Unit.objects.filter(parent=values["above"]).on(self.day).order_by("path")
        number = values["units"].count() * len(values["sizes"])
        if not number:
            self.add_error("above", _("No unit stands directly below this one."))
        elif number > printing.MOST:
            told = _("These would be %(number)s posters, and %(most)s can be made at once. Choose fewer sizes.")
            self.add_error("sizes", told % {"number": number, "most": printing.MOST})
        return values

    def design(self):
        return Design(template=self.cleaned_data["template"], language=self.cleaned_data["language"])
