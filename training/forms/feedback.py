"""Three taps and a line. It checks; it never saves (see ``domain.opining``)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from training.models.learning import Worth

TAPS = {"content": _("What was taught"), "teaching": _("How it was taught"), "place": _("Place and time")}


class FeedbackForm(forms.Form):
    """What was taught, how, and where: hard to use, all right, of much use."""

    words = forms.CharField(label=_("In one line"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in TAPS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=Worth.choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the three."),
                    "invalid_choice": _("Choose one of the three."),
                },
            )
        self.order_fields([*TAPS, "words"])
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.add_input(Submit("say", _("Send"), css_class="btn full"))
