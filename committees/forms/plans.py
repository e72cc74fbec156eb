"""What a plan needs to know: which units, their names, from which day. The tree itself says what is possible."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from committees import search
from committees.levels import Level
from committees.models import Plan, Unit
from committees.unitfile import RENUMBERING
from portal import names
from portal.widgets import Digits

CLOSEST = 60
BIGGEST = 2 * 1024 * 1024


def day_field(label):
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Write a date"),
            "invalid": _("Write the date as day, month and year"),
        },
    )


def by_name(units):
    return sorted(units, key=lambda unit: (unit.number or 0, names.sort_key(unit.name)))


class DayForm(forms.Form):
    """A day of the past."""

    on = day_field(_("On this date"))


class PlanForm(forms.Form):
    """What all plans ask for. ``unit`` is where one began."""

    kind = ""

    def __init__(self, *args, unit, text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.text = text
        self.choose()
        self.fields["effective_on"] = day_field(_("Holds from"))
        self.fields["effective_on"].initial = timezone.localdate()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own
        self.helper.add_input(Submit("look", _("See what would change"), css_class="btn"))

    def choose(self):
        """Fill in what there is to choose from."""

    @property
    def place(self):
        """The unit in which it happens."""
        return self.unit.parent


class MergeForm(PlanForm):
    """Units beside this one become part of it."""

    kind = Plan.Kind.MERGING
    gone = forms.MultipleChoiceField(
        label=_("Which ones become part of it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one")},
    )

    def choose(self):
        beside = Unit.objects.filter(parent=self.unit.parent_id, valid_to=None).exclude(pk=self.unit.pk)
        self.fields["gone"].choices = [(unit.code, unit.title) for unit in by_name(beside)]

    @property
    def steps(self):
        return {"gone": self.cleaned_data["gone"], "into": self.unit.code}


class SplitForm(PlanForm):
    """A new unit beside this one."""

    kind = Plan.Kind.SPLITTING
    name_hi = forms.CharField(label=_("Name of the new unit in Hindi"), max_length=160)
    name_en = forms.CharField(label=_("Name of the new unit in English"), max_length=160)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99_999, widget=Digits())
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Latin letters, digits, hyphens"))
    children = forms.MultipleChoiceField(
        label=_("What goes to the new unit?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one")},
    )

    def choose(self):
        if self.unit.level not in {Level.ASSEMBLY, Level.BOOTH}:
            del self.fields["number"]
        if self.unit.level == Level.BOOTH:
            del self.fields["children"]
            return
        below = Unit.objects.filter(parent=self.unit, valid_to=None)
        self.fields["children"].choices = [(unit.code, unit.title) for unit in by_name(below)]

    @property
    def steps(self):
        told = {name: self.cleaned_data[name] for name in ("name_hi", "name_en", "code")}
        told |= {"unit": self.unit.code, "children": self.cleaned_data.get("children", [])}
        told["number"] = self.cleaned_data.get("number")
        return told | ({"slug": f"b-{told['number']}"} if self.unit.level == Level.BOOTH else {})


class MoveForm(PlanForm):
    """This unit hangs below another one: offered are those nearby, or what a search finds."""

    kind = Plan.Kind.MOVING
    to = forms.ChoiceField(
        label=_("Below which one?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it goes"), "invalid_choice": _("Choose where it goes")},
    )

    def choose(self):
        above = Level(self.unit.level).above
        if self.text:
            found = [unit for unit in search.find(self.text, limit=CLOSEST) if unit.level == above]
        else:
            near = self.unit.district or self.unit.state
            reach = Unit.objects.filter(level=above) if above == Level.DISTRICT else Unit.objects.under(near)
            found = by_name(reach.filter(level=above, valid_to=None).with_chain()[:CLOSEST])
        self.fields["to"].choices = [
            (unit.code, " · ".join([unit.title, *(place.title for place in unit.chain)]))
            for unit in found
            if unit.pk != self.unit.parent_id
        ]

    @property
    def steps(self):
        return {"units": [self.unit.code], "to": self.cleaned_data["to"]}


class RenumberForm(PlanForm):
    """Other numbers for the booths of an assembly, from a file."""

    kind = Plan.Kind.RENUMBERING
    file = forms.FileField(
        label=_("CSV file"),
        help_text=format_lazy(_("Columns: {columns}. At most 2 MB."), columns=",".join(RENUMBERING.columns)),
        error_messages={"required": _("Choose the file")},
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > BIGGEST:
            raise forms.ValidationError(_("The file is larger than 2 MB."))
        return self.cleaned_data["file"]

    @property
    def place(self):
        return self.unit


FORMS = {form.kind.value: form for form in (MergeForm, SplitForm, MoveForm, RenumberForm)}
