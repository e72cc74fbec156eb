"""Opening a drive, and changing its words."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from applications.domain import driving
from applications.models import Drive
from committees import access
from committees.access import Right
from committees.levels import ANCESTORS, Level
from committees.models import Post, Unit
from portal.widgets import Digits

DATE_INVALID = {"invalid": _("Write the date as day, month and year.")}
LEAST = {  # groups of the results whose least share a drive may name
    "women": _("Women"), "young": _("Up to 35 years"), "sc": _("Scheduled Castes"), "st": _("Scheduled Tribes"),
    "obc": _("Other Backward Classes"), "min": _("Minorities"),
}  # fmt: skip
READERS = [(1, _("one")), (2, _("two, so that no single taste decides")), (3, _("three"))]
LONG = {"max_length": _("This is too long: at most %(limit_value)d characters.")}


LEAST_PAIRS = [("least_women", "least_young"), ("least_sc", "least_st"), ("least_obc", "least_min")]


class UnitField(forms.ModelChoiceField):
    """A unit with its district, so that two of one name are told apart."""

    def label_from_instance(self, unit):
        above = f" – {unit.district.name}" if unit.district_id not in (None, unit.pk) else ""
        return f"{unit.title}{above} ({unit.get_level_display()})"


class PostsField(forms.ModelMultipleChoiceField):
    """Posts of committees, each with its level."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, post):
        return f"{post.name} ({post.get_level_display()})"


class WordsForm(forms.ModelForm):
    """What may be changed as long as the drive lives."""

    class Meta:
        model = Drive
        fields = [
            "title_hi", "title_en", "purpose_hi", "purpose_en", "interview_on", "interview_place_hi",
            "interview_place_en", "interview_map", "result_on", "training_on", "signed_hi", "signed_en", "reads_blind",
            "readers_each", "posts",
        ]  # fmt: skip
        help_texts = {
            "title_hi": _("As it stands on the poster: short, and what the work is."),
            "purpose_hi": _("One sentence: who is wanted, and for what."),
            "signed_hi": _("Name, post and office phone, so that anyone can check that the drive is real."),
        }

    button = _("Save")
    readers_each = forms.TypedChoiceField(
        label=_("How many read each application?"),
        choices=READERS,
        coerce=int,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose how many read each application")},
    )
    posts = PostsField(
        label=_("Posts to choose from"),
        queryset=Post.objects.filter(in_committee=True),
        required=False,
        help_text=_("Applicants name up to three of these, the dearest first. Empty: they are not asked."),
        error_messages={"invalid_choice": _("Choose among the posts"), "invalid_pk_value": _("Choose among the posts")},
    )
    interview_map = forms.URLField(
        label=_("Map of the interview place"),
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("The link that a map gives under “Share”; applicants see it with the place."),
        error_messages={"invalid": _("Paste the whole link, such as https://…"), **LONG},
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)  # the words as the page showed them

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["opened"] = driving.fingerprint(self.instance)
        for group, label in LEAST.items():
            self.fields[f"least_{group}"] = least_field(label)
            self.initial[f"least_{group}"] = (self.instance.least_shares or {}).get(group)
        for name, field in self.fields.items():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]
            field.error_messages["required"] = _("Fill in: %(field)s") % {"field": field.label}
            if isinstance(field, forms.DateField):
                self.fields[name].widget = forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d")
                field.error_messages |= DATE_INVALID
            elif name.startswith("purpose"):
                field.widget = forms.Textarea({"rows": 2, "maxlength": field.max_length})
        self.helper = FormHelper()
        self.helper.layout = self.layout()
        self.helper.add_input(Submit("save", self.button))

    def layout(self):
        return Layout("opened", *self.words(), *self.later())

    @staticmethod
    def words():
        return [
            HTML(f"<h2>{_('What it is called')}</h2>"),
            Div("title_hi", "title_en", css_class="grid2"),
            Div("purpose_hi", "purpose_en", css_class="grid2"),
        ]

    @staticmethod
    def later():
        return [
            HTML(f"<h2>{_('What happens next')}</h2>"),
            Div("interview_on", "result_on", css_class="grid2"),
            Div("interview_place_hi", "interview_place_en", css_class="grid2"),
            "interview_map",
            "training_on",
            HTML(f"<details id='posts'><summary>{_('Which posts may they wish for?')}</summary>"),
            "posts",
            HTML("</details>"),
            HTML(f"<h2 id='reading'>{_('How it is read before the interviews')}</h2>"),
            "readers_each",
            "reads_blind",
            HTML(f"<details id='least'><summary>{_('The least share of a group among those selected')}</summary>"),
            HTML(f"<p class='hint'>{_('In percent; empty: none. The results show what is lacking.')}</p>"),
            *(Div(*pair, css_class="grid2") for pair in LEAST_PAIRS),
            HTML("</details>"),
            HTML(f"<h2>{_('Who signs')}</h2>"),
            Div("signed_hi", "signed_en", css_class="grid2"),
        ]

    def clean_readers_each(self):
        return self.cleaned_data["readers_each"] or self.instance.readers_each

    def clean(self):
        super().clean()
        day, result = self.cleaned_data.get("interview_on"), self.cleaned_data.get("result_on")
        if day and result and result < day:
            self.add_error("result_on", _("The result comes after the interviews."))
        asked = {group: self.cleaned_data.pop(f"least_{group}", None) for group in LEAST}
        self.cleaned_data["least_shares"] = {group: share for group, share in asked.items() if share} or None

    def label_of(self, word):
        """How the page calls one of ``values``."""
        return self.fields[word].label if word in self.fields else Drive._meta.get_field(word).verbose_name

    def values(self):
        """Only what may be reworded."""
        return {name: value for name, value in self.cleaned_data.items() if name in driving.WORDS}


def least_field(label):
    """A percentage, or nothing."""
    told = _("Write a number from 0 to 100.")
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=100,
        required=False,
        widget=Digits(),
        error_messages={"invalid": told, "min_value": told, "max_value": told},
    )


def moment_widget():
    return forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class DriveForm(WordsForm):
    """A new drive. The slug is made, not asked."""

    button = _("Open the drive")
    opened = None

    unit = UnitField(
        label=_("For the unit"),
        queryset=Unit.objects.none(),
        empty_label=None,
        help_text=_("Applications come from here and from everywhere below."),
        error_messages={"required": _("Choose the unit."), "invalid_choice": _("Choose one of your own units.")},
    )
    opens_at = forms.DateTimeField(
        label=_("Opens"), widget=moment_widget(),
        error_messages={"required": _("Say when the drive opens."), "invalid": _("Write date and time.")},
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label=_("Closing date"), widget=moment_widget(), help_text=_("To the minute, on the clock in India."),
        error_messages={"required": _("Say when the drive closes."), "invalid": _("Write date and time.")},
    )  # fmt: skip
    interviews = forms.BooleanField(
        label=_("We select by interview"),
        required=False,
        initial=True,
        help_text=_("Without interviews you select straight from the applications."),
    )

    class Meta(WordsForm.Meta):
        fields = [
            *WordsForm.Meta.fields, "unit", "opens_at", "closes_at", "interviews", "asks_representation", "serve_at",
        ]  # fmt: skip

    def __init__(self, *args, user, tops, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_for_drives(user, tops)
        self.fields["serve_at"].choices = Level.choices

    def layout(self):
        return Layout(
            "unit",
            *self.words(),
            HTML(f"<h2>{_('From when to when')}</h2>"),
            Div("opens_at", "closes_at", css_class="grid2"),
            HTML(f"<h2>{_('How it selects')}</h2>"),
            "interviews",
            "asks_representation",
            "serve_at",
            *self.later(),
        )

    def clean(self):
        super().clean()
        opens, closes = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The closing date must lie after the opening."))
        day = self.cleaned_data.get("interview_on")
        if day and closes and day < closes.date():
            self.add_error("interview_on", _("The interviews come after the closing date."))


class MoreTimeForm(forms.Form):
    """A later closing date, and why."""

    closes_at = forms.DateTimeField(
        label=_("New closing date"), widget=moment_widget(), help_text=_("To the minute, on the clock in India."),
        error_messages={"required": _("Say when the drive closes."), "invalid": _("Write date and time.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("One sentence; it is kept and can be read later."),
        error_messages={"required": _("Say why there should be more time."), **LONG},
    )

    def __init__(self, *args, drive, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.drive, self.now = drive, now

    def clean_closes_at(self):
        closes_at = self.cleaned_data["closes_at"]
        if closes_at <= max(self.now, self.drive.closes_at):
            raise forms.ValidationError(_("The new closing date must be later than the one promised, and to come."))
        return closes_at


def units_for_drives(user, tops):
    """The units at which this user may open a drive, from ``tops`` down; none below the mandal."""
    units = access.units_of(user, Right.DRIVE).select_related("district")
    above = ANCESTORS[:3] if any(top.is_root for top in tops) else ANCESTORS
    return units.filter(level__in=above).order_by("path")
