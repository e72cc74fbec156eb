"""The form of one question of a quiz, and the page of questions that a person answers."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from training.domain.quizzing import Choice

FEWEST, MOST = 2, 5
PLACES = range(1, MOST + 1)


class QuestionForm(forms.Form):
    """The question and up to five answers, one of them right."""

    text_hi = forms.CharField(
        label=_("Question in Hindi"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write the question.")},
    )
    text_en = forms.CharField(
        label=_("Question in English"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    right = forms.TypedChoiceField(
        label=_("Which answer is right?"),
        choices=[(str(place), str(place)) for place in PLACES],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which answer is right."), "invalid_choice": _("Say which answer is right.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        boxes = []
        for place in PLACES:
            names = {"hi": f"choice{place}_hi", "en": f"choice{place}_en"}
            labels = {"hi": _("Answer %(n)d in Hindi"), "en": _("Answer %(n)d in English")}
            for language, name in names.items():
                label, needed = labels[language] % {"n": place}, place <= FEWEST and language == "hi"
                wrong = {"required": _("Write at least two answers.")}
                self.fields[name] = forms.CharField(label=label, max_length=200, required=needed, error_messages=wrong)
            boxes.append(Fieldset("", *names.values()))
        self.helper = FormHelper()
        self.helper.layout = Layout("text_hi", "text_en", *boxes, "right")
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.add_input(Submit("save", _("Save the question"), css_class="btn"))

    @classmethod
    def filled(cls, question):
        """What stands in the form of a question that is there already."""
        said = {"text_hi": question.text_hi, "text_en": question.text_en}
        for place, choice in enumerate(question.choices.all(), 1):
            said |= {f"choice{place}_hi": choice.text_hi, f"choice{place}_en": choice.text_en}
            if choice.is_right:
                said["right"] = str(place)
        return said

    def clean(self):
        data = super().clean()
        written = [place for place in PLACES if data.get(f"choice{place}_hi")]
        for place in PLACES:
            if data.get(f"choice{place}_en") and place not in written and f"choice{place}_hi" not in self.errors:
                self.add_error(f"choice{place}_hi", _("Write this answer in Hindi too."))
        if data.get("right") and data["right"] not in written and not self.errors:
            self.add_error("right", _("The right answer is one that is not written."))
        return data

    @property
    def details(self):
        """What ``quizzing.write`` takes."""
        data = self.cleaned_data
        choices = [
            Choice(data[f"choice{place}_hi"], data[f"choice{place}_en"], place == data["right"])
            for place in PLACES
            if data[f"choice{place}_hi"]
        ]
        return {"text_hi": data["text_hi"], "text_en": data["text_en"], "choices": choices}


class TryForm(forms.Form):
    """The questions of one try, each with its answers to choose from."""

    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, questions, number, **kwargs):
        super().__init__(*args, initial={"number": number}, **kwargs)
        for question in questions:
            self.fields[f"q{question.pk}"] = forms.TypedChoiceField(
                label=question.text,
                choices=[(str(choice.pk), choice.text) for choice in question.choices.all()],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")},
            )
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.add_input(Submit("done", _("Hand in"), css_class="btn full"))

    @property
    def chosen(self):
        """Question → answer, by their keys."""
        return {int(name[1:]): key for name, key in self.cleaned_data.items() if name != "number"}
