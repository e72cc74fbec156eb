"""Step 6: a sample of writing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.base import StepForm
from applications.forms.fields import CleanTextField

FEWEST, MOST = 50, 150


class WritingForm(StepForm):
    step = "writing"
    title = _("Your writing")

    prompt = forms.ModelChoiceField(
        label=_("Choose one subject"),
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one subject to write about"),
            "invalid_choice": _("Choose one of the subjects"),
        },
    )
    writing = CleanTextField(
        label=_("Write in 50 to 150 words"),
        fewest=FEWEST,
        most=MOST,
        help_text=_("In your own words. You can also speak: the keyboard's microphone writes."),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "required": _("Write a sample of 50 to 150 words"),
            "words": _("The sample has 50 to 150 words; now it has %(count)s"),
            "max_length": _("The sample has 50 to 150 words; this is much longer"),
        },
    )

    def shape(self):
        prompts = self.drive.prompts.all()
        self.fields["prompt"].queryset = prompts
        if not prompts:
            del self.fields["prompt"]

    def kept(self):
        prompt = self.cleaned_data.get("prompt")
        return {"prompt": prompt.pk if prompt else None, "writing": self.cleaned_data["writing"]}
