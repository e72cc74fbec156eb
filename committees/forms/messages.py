"""A message to those who sit below, other words for it, and the silence in which none leaves."""

from datetime import datetime, time, timedelta

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees import broadcasting
from committees.domain.relaying import writing
from committees.forms.answers import ReasonForm
from committees.levels import ORDER, Level
from committees.models import Unit
from committees.models.broadcasts import Audience, Carriers
from portal import pictures
from portal.uploads import PictureField

MOMENT = {"required": _("Write date and time."), "invalid": _("Write date and time.")}
LASTS = timedelta(days=3)
EVENING = time(21)
WORDS = {
    "required": _("Write the message"),
    "long": _("A message has at most 700 characters; these are %(n)d"),
}


def moment_field(**told):
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, error_messages=MOMENT, **told)


class UnitField(forms.ModelChoiceField):
    """A unit with the word of its level."""

    default_error_messages = {
        "required": _("Choose the unit."),
        "invalid_choice": _("Choose one of your own units."),
    }

    def label_from_instance(self, unit):
        return f"{unit.title} ({unit.get_level_display()})"


class WordsForm(forms.Form):
    """The words alone: for a correction."""

    text = forms.CharField(
        label=_("Message"),
        strip=True,
        widget=forms.Textarea({"rows": 8, "maxlength": broadcasting.LONGEST}),
        help_text=_("The first line is the headline. At most 700 characters."),
        error_messages=WORDS,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own

    def clean_text(self):
        try:
            return writing.tidy(self.cleaned_data["text"])
        except writing.TooLong as problem:
            raise forms.ValidationError(WORDS["long"] % {"n": int(str(problem))}) from None


class MessageForm(WordsForm):
    """A whole message."""

    unit = UnitField(label=_("For the unit"), queryset=Unit.objects.none(), empty_label=None)
    audience = forms.ChoiceField(
        label=_("For whom?"),
        choices=Audience,
        initial=Audience.WORKERS,
        widget=forms.RadioSelect,
        help_text=_("A message for workers can be read only with a personal link."),
    )
    levels = forms.MultipleChoiceField(
        label=_("To which levels?"),
        choices=Level,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one level")},
    )
    carriers = forms.ChoiceField(
        label=_("To whom there?"), choices=Carriers, initial=Carriers.HEADS, widget=forms.RadioSelect
    )
    link = forms.URLField(
        label=_("Link to a picture, a video or a recording"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        error_messages={"invalid": _("Paste the whole link, such as https://…")},
    )
    picture = PictureField(
        label=_("Picture to save and send"),
        required=False,
        make=pictures.light_jpeg,
        error_messages={
            "heavy": _("The picture must be smaller than 8 MB"),
            "kind": _("The picture must be a JPG, PNG or WebP; this file is none"),
        },
    )
    without_picture = forms.BooleanField(label=_("Take the picture off"), required=False)
    goes_at = moment_field(
        label=_("Goes out"), required=False, help_text=_("Empty: as soon as a second person approved it.")
    )
    valid_until = moment_field(label=_("Valid until"), help_text=_("Later nobody is told or reminded any more."))
    is_urgent = forms.BooleanField(label=_("Urgent: leaves at night too"), required=False)
    wants_reply = forms.BooleanField(label=_("A reply is wanted"), required=False)
    field_order = ["unit", "text"]

    def __init__(self, *args, units, broadcast=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.broadcast = broadcast
        self.fields["unit"].queryset = units
        if broadcast is None or not broadcast.picture:
            del self.fields["without_picture"]
        if broadcast is None:
            self.initial.setdefault("valid_until", _in_three_days())
            top = min(units, key=lambda unit: ORDER.index(unit.level), default=None)
            self.initial.setdefault("unit", top)

    def told(self):
        """What ``writing.write`` wants to know."""
        given = dict(self.cleaned_data)
        if given.pop("without_picture", False):
            given["picture"] = None
        elif given["picture"] is None and self.broadcast is not None:
            given["picture"] = self.broadcast.picture
        return writing.Told(**given)


class RecallForm(ReasonForm):
    """Why a message is called back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody who opens the message reads it."),
        error_messages={
            "required": _("Write the reason in a few words"),
            "max_length": _("Shorten the reason to 200 letters"),
        },
    )


class SilenceForm(RecallForm):
    """Where, from when until when, and why."""

    unit = UnitField(label=_("Area"), queryset=Unit.objects.none(), empty_label=None)
    starts_at = moment_field(label=_("From"))
    ends_at = moment_field(label=_("Until"))
    field_order = ["unit", "starts_at", "ends_at", "reason"]

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["reason"].help_text = _("Such as: silence before the poll, model code of conduct")

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= max(starts, timezone.now()):
            self.add_error("ends_at", _("The end comes after the beginning, and after now"))
        return cleaned


def _in_three_days():
    day = timezone.localdate() + LASTS
    return datetime.combine(day, EVENING, tzinfo=timezone.get_default_timezone())
