"""What a drive adds to the form, checked before anybody sees it: sentences, not stack traces."""

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from applications.domain import files
from applications.models import Application, Draft, Question, StepText
from applications.models.questions import QuestionKind
from applications.steps import PLAIN

CHOSEN = {QuestionKind.CHOICE, QuestionKind.SEVERAL}
BOUNDED = {QuestionKind.SEVERAL, QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.FILE}
MOST_WORDS, MOST_OPTIONS, MOST_FILES = 500, 20, 3
ALWAYS_ON = ["name", "area"]


class StepTextForm(forms.ModelForm):
    """One step's wording, and whether it is asked."""

    class Meta:
        model = StepText
        fields = ["step", "is_on", "title_hi", "title_en", "lead_hi", "lead_en"]

    def clean(self):
        cleaned = super().clean()
        step, drive = cleaned.get("step"), self.instance.drive
        if step and not cleaned.get("is_on"):
            if step in ALWAYS_ON:
                self.add_error("is_on", _("Name and place are always asked."))
            if step == "about" and drive.asks_representation:
                self.add_error("is_on", _("This drive asks for gender and social group; that is asked on this step."))
        return cleaned


class QuestionForm(forms.ModelForm):
    """One question: options in both languages, bounds that mean something, a condition that can hold."""

    class Meta:
        model = Question
        fields = [
            "step", "order", "kind", "label_hi", "label_en", "hint_hi", "hint_en", "options_hi", "options_en",
            "is_needed", "least", "most", "shown_when", "shown_value", "is_for_panel",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = Question.objects.filter(drive=self.instance.drive_id, kind=QuestionKind.CHOICE)
        self.fields["shown_when"].queryset = mine.exclude(pk=self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        for word in ("options_hi", "options_en"):
            lines = (" ".join(line.split()) for line in cleaned.get(word, "").splitlines())
            cleaned[word] = "\n".join(filter(None, lines))
        if cleaned.get("step") in PLAIN:
            self.add_error("step", _("The step about the place takes no questions; choose another step."))
        self._check_options(cleaned)
        self._check_bounds(cleaned)
        self._check_condition(cleaned)
        if self.instance.pk and answered(self.instance):
            self._check_answered(cleaned)
        return cleaned

    def _check_options(self, cleaned):
        hindi, english = _lines(cleaned, "options_hi"), _lines(cleaned, "options_en")
        if cleaned.get("kind") not in CHOSEN:
            if hindi or english:
                self.add_error("options_hi", _("Only questions with a choice have options. Leave this empty."))
        elif not 2 <= len(hindi) <= MOST_OPTIONS:
            self.add_error("options_hi", _("Write from 2 to 20 options, one a line."))
        elif len(set(hindi)) < len(hindi):
            self.add_error("options_hi", _("Two options are the same."))
        elif english and len(english) != len(hindi):
            told = _("There are %(hindi)s options in Hindi and %(english)s in English. Write the same number.")
            self.add_error("options_en", told % {"hindi": len(hindi), "english": len(english)})

    def _check_bounds(self, cleaned):
        kind, least, most = cleaned.get("kind"), cleaned.get("least"), cleaned.get("most")
        if kind not in BOUNDED and (least is not None or most is not None):
            self.add_error("least", _("This kind of question has no “at least” and “at most”. Leave both empty."))
        if kind == QuestionKind.FILE and (least or most == 0 or (most or 0) > files.MOST_MEGABYTES):
            self.add_error("most", _("A file has from 1 to 5 megabytes, and no “at least”."))
        if kind == QuestionKind.TEXT and ((most or 0) > MOST_WORDS or most == 0):
            self.add_error("most", _("A text has from 1 to 500 words."))
        if kind == QuestionKind.SEVERAL and (most or 1) > max(len(_lines(cleaned, "options_hi")), 1):
            self.add_error("most", _("There are not so many options."))
        if least is not None and most is not None and least > most:
            self.add_error("most", _("“At most” must not be below “at least”."))

    def _check_condition(self, cleaned):
        before, value = cleaned.get("shown_when"), cleaned.get("shown_value")
        if (before is None) != (value is None):
            self.add_error(
                "shown_value", _("A condition needs both: the earlier question, and the number of its option.")
            )
        elif before is not None:
            if before.step != cleaned.get("step") or before.order >= (cleaned.get("order") or 0):
                self.add_error("shown_when", _("The condition must be an earlier question on the same step."))
            if not 1 <= value <= len(before.options_hi.splitlines()):
                self.add_error("shown_value", _("The earlier question has no option of this number."))

    def _check_answered(self, cleaned):
        """An answer is kept as the number of its option: what somebody has chosen stays where it is."""
        was = Question.objects.get(pk=self.instance.pk)
        if cleaned.get("kind") != was.kind:
            self.add_error("kind", _("Somebody has answered this already; the kind stays. Ask a new question instead."))
        if len(_lines(cleaned, "options_hi")) < len(was.options_hi.splitlines()):
            self.add_error("options_hi", _("Somebody has answered this already; options can be added, not taken away."))


class QuestionFormSet(BaseInlineFormSet):
    """All questions of a drive together."""

    def clean(self):
        super().clean()
        live = [form for form in self.forms if form.has_changed() or form.instance.pk]
        for form in live:
            if self._should_delete_form(form) and answered(form.instance):
                told = _("“%(question)s” has been answered already and cannot be removed. Turn its step off instead.")
                raise forms.ValidationError(told % {"question": form.instance.label})
        kept = [form.cleaned_data for form in live if not self._should_delete_form(form) and form.is_valid()]
        if sum(row.get("kind") == QuestionKind.FILE for row in kept) > MOST_FILES:
            raise forms.ValidationError(_("A form asks for at most three files."))


def answered(question):
    """Has anybody answered this, in a draft or an application?"""
    if question.pk is None:
        return False
    key = str(question.pk)
    given = Application.objects.filter(drive=question.drive_id, extra__has_key=key).exists()
    return (
        given
        or Draft.objects.filter(drive=question.drive_id, **{f"answers__{question.step}__extra__has_key": key}).exists()
    )


def _lines(cleaned, word):
    return cleaned.get(word, "").splitlines()
