"""The form of a series. It checks; it never saves (see ``domain.teaching``)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.widgets import Digits
from training.models import Series, Subject

MOST_MONTHS = 120


class SeriesForm(forms.Form):
    """What is learnt, and what the certificate asks for."""

    title_hi = forms.CharField(
        label=_("Topic in Hindi"), max_length=160, error_messages={"required": _("Write the topic.")}
    )
    title_en = forms.CharField(label=_("Topic in English"), max_length=160, required=False)
    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    about_hi = forms.CharField(
        label=_("What is learnt, in Hindi"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    about_en = forms.CharField(
        label=_("What is learnt, in English"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    prerequisite = forms.ModelChoiceField(
        label=_("Needs first"),
        queryset=Series.objects.none(),
        required=False,
        empty_label=_("nothing"),
        help_text=_("Only who holds a valid certificate of that series is invited."),
    )
    attendance_share = forms.IntegerField(
        label=_("Percent of the sessions to be there"),
        min_value=1,
        max_value=100,
        initial=75,
        widget=Digits(),
        error_messages={"required": _("Write a number from 1 to 100.")},
    )
    quiz_pass = forms.IntegerField(
        label=_("Percent right in the quiz"),
        min_value=1,
        max_value=100,
        required=False,
        widget=Digits(),
        help_text=_("Empty: no quiz is needed."),
    )
    valid_months = forms.IntegerField(
        label=_("Certificate valid for months"),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
        widget=Digits(),
        help_text=_("Empty: it does not end."),
    )

    def __init__(self, *args, series=None, **kwargs):
        known = {name: getattr(series, name) for name in self.base_fields} if series else {}
        super().__init__(*args, initial=known | kwargs.pop("initial", {}), **kwargs)
        others = Series.objects.taught().order_by("pk")
        self.fields["prerequisite"].queryset = others.exclude(pk=series.pk) if series else others
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title_hi",
            "title_en",
            "subject",
            "about_hi",
            "about_en",
            "prerequisite",
            Fieldset(_("For the certificate"), "attendance_share", "quiz_pass", "valid_months"),
        )
        self.helper.add_input(Submit("save", _("Save") if series else _("Begin the series"), css_class="btn"))
