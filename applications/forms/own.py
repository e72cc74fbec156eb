"""A drive's own questions as fields of a step: which are asked, what is kept of the answers."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from applications import platforms, steps
from applications.domain import files
from applications.forms.fields import AttachmentField, ChoicesField, CleanCharField, CleanTextField, LinkField
from applications.models.questions import QuestionKind
from portal.widgets import Digits

LETTERS, WORDS, BIGGEST = 200, 150, 999_999_999
NO_FILE = "off"  # ending of the box that takes a file off


class OwnQuestions:
    """The drive's questions in one form. ``given`` and ``files`` are there once the form has been checked."""

    def __init__(self, form):
        self.form = form
        self.questions = steps.questions(form.drive, form.step)
        self.saved: dict[str, Any] = form.initial.get("extra") or {}
        self.given: dict[str, Any] = {}
        self.files: dict[int, files.Received | None] = {}
        for question in self.questions:
            self._add(question)

    def settle(self):
        """Take the answers out of the form's own; what a condition has closed is neither kept nor complained of."""
        self.given, self.files = {}, {}
        cleaned, errors = self.form.cleaned_data, self.form.errors
        for question in self.questions:
            name = field_name(question.pk)
            value, off = cleaned.pop(name, None), cleaned.pop(f"{name}{NO_FILE}", False)
            if not self._is_open(question, self.given.get(str(question.shown_when_id))):
                errors.pop(name, None)
                value, off = None, True
            self.given[str(question.pk)] = self._kept(question, value, off)

    def _kept(self, question, value, off):
        if question.kind == QuestionKind.LINK:
            return value._asdict() if value else None
        if question.kind != QuestionKind.FILE:
            return value
        former = self.saved.get(str(question.pk))
        if isinstance(value, files.Received):
            self.files[question.pk] = value
        elif off and former:
            self.files[question.pk] = None
        return former if former and not off else None

    def _add(self, question):
        name = field_name(question.pk)
        field = FIELDS[question.kind](question)
        saved = self.saved.get(str(question.pk))
        field.label = question.label
        field.help_text = self._hint(question)
        field.required = question.is_needed and self._is_open(question, self._typed(question.shown_when_id))
        field.error_messages["required"] = _("Answer the question: %(question)s") % {"question": question.label}
        if question.shown_when_id:
            field.widget.attrs |= {"data-when": field_name(question.shown_when_id), "data-is": question.shown_value}
        self.form.fields[name] = field
        if saved is not None:
            shown = saved.get("url") or saved["text"] if question.kind == QuestionKind.LINK else saved
            self.form.initial = {**self.form.initial, name: shown}
        if question.kind == QuestionKind.FILE and saved and not question.is_needed:
            self.form.fields[f"{name}{NO_FILE}"] = forms.BooleanField(label=_("Take this file off"), required=False)

    def _is_open(self, question, answer):
        """Is this asked, when the question before it has this answer?"""
        return question.shown_when_id is None or answer == question.shown_value

    def _typed(self, question):
        """The number of the option that was chosen or saved for an earlier question."""
        if question is None:
            return None
        value = self.form.data.get(field_name(question)) if self.form.is_bound else self.saved.get(str(question))
        return int(value) if str(value).isascii() and str(value).isdecimal() and len(str(value)) < 6 else None

    def _hint(self, question):
        """The condition in words, the hint, and the file that is there: escaped, the page trusts this text."""
        lines = []
        before = next((other for other in self.questions if other.pk == question.shown_when_id), None)
        if before and question.shown_value <= len(before.options):
            chosen = {"question": before.label, "answer": before.options[question.shown_value - 1]}
            lines.append(_("Only when you answered “%(answer)s” to “%(question)s”.") % chosen)
        if question.hint:
            lines.append(question.hint)
        if question.kind == QuestionKind.FILE:
            lines.append(_("PDF, JPG, PNG or WebP, up to %(most)s MB.") % {"most": _megabytes(question)})
            if saved := self.saved.get(str(question.pk)):
                lines.append(_("Here already: %(name)s") % {"name": saved["name"]})
        return format_html_join(" ", "{}", ((line,) for line in lines))


def field_name(question):
    return f"q{question}"


def _megabytes(question):
    return min(question.most or files.MOST_MEGABYTES, files.MOST_MEGABYTES)


def _choices(question):
    return [(str(number), option) for number, option in enumerate(question.options, start=1)]


def _choice(question):
    wrong = {"invalid_choice": _("Choose one of the answers")}
    return forms.TypedChoiceField(
        choices=_choices(question), coerce=int, empty_value=None, widget=forms.RadioSelect, error_messages=wrong
    )


def _several(question):
    most = question.most or len(question.options)
    return ChoicesField(choices=_choices(question), fewest=question.least or 0, most=most)


def _line(question):
    wrong = {"max_length": _("Shorten this to %(most)s letters") % {"most": LETTERS}}
    return CleanCharField(max_length=LETTERS, error_messages=wrong)


def _text(question):
    fewest, most = question.least or 0, question.most or WORDS
    wrong = {
        "words": _("Write %(fewest)s to %(most)s words; now there are %%(count)s") % {"fewest": fewest, "most": most},
        "max_length": _("This is too long"),
    }
    return CleanTextField(fewest=fewest, most=most, error_messages=wrong, widget=forms.Textarea(attrs={"rows": 5}))


def _number(question):
    least, most = question.least or 0, BIGGEST if question.most is None else question.most
    wrong = _("Write a number from %(least)s to %(most)s") % {"least": least, "most": most}
    return forms.IntegerField(
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], wrong),
        widget=Digits(),
    )


def _link(question):
    wrong = {"max_length": _("This link is too long; copy the short one of your profile")}
    return LinkField(max_length=platforms.LONGEST, error_messages=wrong)


def _file(question):
    return AttachmentField(most=_megabytes(question))


FIELDS = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.SEVERAL: _several,
    QuestionKind.LINE: _line,
    QuestionKind.TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.LINK: _link,
    QuestionKind.FILE: _file,
}
