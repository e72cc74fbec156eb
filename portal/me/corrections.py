"""What the office fills in when a correction is done: the fields of the form itself, with all that they check."""

from copy import deepcopy
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from applications import answered, platforms, steps
from applications.domain import asking
from applications.forms import FORMS
from applications.forms.base import OF_AGE, OLDEST, birth_year_field
from applications.forms.fields import CleanTextField
from applications.forms.own import OwnQuestions
from applications.forms.social import BOXES
from applications.models.questions import QuestionKind
from committees import search
from committees.models import Unit
from portal import folding
from portal.accounts.fields import PhoneField
from portal.me.asking import STEP_OF
from portal.models import DataRequest
from portal.models.people import Gender

FOUND = 8  # places offered for one search


def choices(name: str) -> list[str]:
    """The answers among which a value is chosen, in words; none where it is written."""
    field = _field(name.rpartition(".")[2])
    return [str(label) for _value, label in field.choices] if isinstance(field, forms.ChoiceField) else []


class ValueForm(forms.Form):
    """The right value, as the form asks for it; ``values`` gives the columns to write."""

    def __init__(self, *args: Any, request: DataRequest, thing: models.Model, find: str = "", now: datetime):
        super().__init__(*args, auto_id="%s")
        self.request, self.thing, self.now = request, thing, now
        self.name = request.field.rpartition(".")[2]
        self.asked = find or request.new
        self.found: list[Unit] = []
        self.own: list[OwnQuestions] = []
        getattr(self, f"_ask_{self.name}", self._ask)()

    def values(self) -> dict[str, Any]:
        """Columns of the thing, checked. Ask only a valid form."""
        given = self.cleaned_data
        if self.name == "extra":
            return {"extra": asking.kept(self._own_given())}
        if self.name == "links":
            return {"links": self.accounts, "no_links": not self.accounts}
        if self.name == "unit":
            return {"unit": given["unit"], "placed_at": self.now}
        if self.name == "name":
            return {"name": given["name"], "name_key": folding.search_key(given["name"])[:240]}
        if self.name == "gender":
            return {"gender": given["gender"] or Gender.UNSAID}
        return {self.name: given[self.name]}

    def clean_name(self) -> str:
        return FORMS["name"].clean_name(self)

    def clean(self) -> None:
        for own in self.own:
            own.settle()
        if self.name == "birth_year" and "birth_year" in self.cleaned_data:
            self._check_age(self.cleaned_data["birth_year"])
        if self.name == "links" and "links" in self.cleaned_data:
            self._check_links(self.cleaned_data["links"].splitlines())

    def _check_age(self, year: int) -> None:
        age = timezone.localtime(self.now).year - year
        if not 0 <= age <= OLDEST:
            self.add_error("birth_year", self.fields["birth_year"].error_messages["invalid"])
        elif age < OF_AGE:
            told = _("That is younger than 18: such data must not be kept. Refuse, and let it be erased.")
            self.add_error("birth_year", told)
        elif age == OF_AGE and not self.cleaned_data.get("adult"):
            self.add_error("adult", _("18 in the course of this year: tick this once you have made sure"))

    def _check_links(self, lines: list[str]) -> None:
        self.accounts: list[dict[str, Any]] = []
        for line in filter(None, lines):
            try:
                self.accounts.append(platforms.recognise(line)._asdict())
            except platforms.NotALink:
                told = _("This is no link, nor a name such as @yourname: %(line)s")
                self.add_error("links", told % {"line": line[:60]})
        if len(self.accounts) > len(BOXES):
            self.add_error("links", _("At most five links"))

    def _ask(self) -> None:
        field = _field(self.name)
        self.fields[self.name] = field
        self.initial[self.name] = self._chosen(field) if isinstance(field, forms.ChoiceField) else self.request.new

    def _chosen(self, field: forms.ChoiceField) -> str | None:
        """The answer whose words the person wrote, in either language."""
        for language in ("hi", "en"):
            with translation.override(language):
                said = {str(label): value for value, label in field.choices}
            if self.request.new in said:
                return said[self.request.new]
        return None

    def _ask_birth_year(self) -> None:
        self._ask()
        self.fields["adult"] = forms.BooleanField(
            label=_("Has completed 18 years"), required=False, help_text=_("Only where the year alone does not tell.")
        )

    def _ask_links(self) -> None:
        self._ask()
        self.initial["links"] = "\n".join(self.request.new.split())

    def _ask_unit(self) -> None:
        """The places of the drive that the words may mean, as ``committees/_places.html`` shows them."""
        top = self.thing.drive.unit
        self.found = search.find(self.asked, within=top, limit=FOUND)
        wrong = {"required": _("Choose the place"), "invalid_choice": _("Choose the place")}
        places = Unit.objects.under(top).on(timezone.localdate(self.now))
        self.fields["unit"] = forms.ModelChoiceField(places, label=_("Place"), error_messages=wrong)

    def _ask_extra(self) -> None:
        """Each of the drive's own questions, without files; and what came with an import, under its heading."""
        self.drive = self.thing.drive
        self.initial["extra"] = self.thing.extra
        for self.step in steps.STEPS:
            self.own.append(OwnQuestions(self))
        for question in self._files():
            self.fields.pop(f"q{question}", None)
            self.fields.pop(f"q{question}off", None)
        for number, line in enumerate(answered.imported(self.thing.extra)):
            field = CleanTextField(label=line.label, most=1000, required=False, widget=forms.Textarea({"rows": 2}))
            field.error_messages["words"] = _("This is too long")
            self.fields[f"import{number}"], self.initial[f"import{number}"] = field, line.value

    def _files(self) -> list[int]:
        everything = [question for step in steps.STEPS for question in steps.questions(self.drive, step)]
        return [question.pk for question in everything if question.kind == QuestionKind.FILE]

    def _own_given(self) -> dict[str, Any]:
        files = set(map(str, self._files()))
        given = {key: value for own in self.own for key, value in own.given.items() if key not in files}
        for number, line in enumerate(answered.imported(self.thing.extra)):
            given[f"{answered.IMPORTED}{line.label}"] = self.cleaned_data[f"import{number}"]
        return self.thing.extra | given


def _field(name: str) -> forms.Field | None:
    """A fresh field for one value; ``None`` for what has more than one."""
    if name == "birth_year":
        return birth_year_field()
    if name == "phone":
        return PhoneField()
    if name == "email":
        return forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    if name == "links":
        field = CleanTextField(label=_("Links, one a line"), most=100, required=False)
        field.widget.attrs = {"rows": 5}
        return field
    step = STEP_OF[name] if name != "unit" else ""
    return deepcopy(FORMS[step].base_fields.get(name)) if step else None
