"""What the desk asks: which applications, where to, and why."""

import django_filters as filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Drive
from applications.models.links import Via
from applications.states import Status
from committees import access
from committees.access import Right
from committees.levels import Level
from committees.models import Seat, Unit

HAS = [("photo", _("photo")), ("writing", _("writing sample")), ("links", _("social media link"))]
SORTS = [("", _("newest first")), ("received", _("oldest first")), ("name", _("by name"))]
ORDERS = {"received": ["submitted_at", "pk"], "name": ["name", "pk"]}
NEWEST_FIRST = ["-submitted_at", "-pk"]
KEEPS = {"photo": {"photo": None}, "writing": {"writing": ""}, "links": {"links": []}}


class AssemblyField(forms.ModelChoiceField):
    """People call an assembly by number and name."""

    def label_from_instance(self, unit):
        return unit.title


class AssemblyFilter(filters.ModelChoiceFilter):
    field_class = AssemblyField


class ApplicationFilter(filters.FilterSet):
    """The filters of the desk, as they stand in the address. What cannot be read is left out."""

    q = filters.CharFilter(method="search", label=_("Name, number, place or @handle"))
    drive = filters.ModelChoiceFilter(
        queryset=Drive.objects.none(), to_field_name="slug", label=_("drive"), empty_label=_("all")
    )
    district = filters.ModelChoiceFilter(
        field_name="unit__district", queryset=Unit.objects.none(), to_field_name="slug", label=_("district"),
        empty_label=_("all"),
    )  # fmt: skip
    assembly = AssemblyFilter(
        field_name="unit__assembly", queryset=Unit.objects.none(), to_field_name="number",
        label=_("assembly constituency"), empty_label=_("all"),
    )  # fmt: skip
    status = filters.ChoiceFilter(choices=Status.choices, label=_("status"), empty_label=_("all"))
    level = filters.ChoiceFilter(
        field_name="serve_level", choices=Level.choices, label=_("level to serve at"), empty_label=_("all")
    )
    via = filters.ChoiceFilter(field_name="link__via", choices=Via.choices, label=_("came by"), empty_label=_("all"))
    has = filters.ChoiceFilter(choices=HAS, method="keep_with", label=_("only with"), empty_label=_("all"))
    sort = filters.ChoiceFilter(choices=SORTS[1:], method="in_order", label=_("order"), empty_label=SORTS[0][1])

    class Meta:
        model = Application
        fields = []

    def __init__(self, data, *, user, queryset):
        super().__init__(data, queryset=queryset.order_by(*NEWEST_FIRST))
        units = access.units_of(user, Right.REVIEW)
        self.filters["drive"].queryset = Drive.objects.filter(
            pk__in=access.narrow(Application.objects.all(), user=user, right=Right.REVIEW).values("drive")
        ).order_by("-closes_at", "pk")
        self.filters["district"].queryset = units.filter(level=Level.DISTRICT).order_by("name_hi")
        self.filters["assembly"].queryset = self.assemblies(units, data.get("district"))
        for field in self.form.fields.values():
            field.label = str(field.label).capitalize()

    @staticmethod
    def assemblies(units, district):
        """Those of the chosen district; of one's own when there is but one. Two hundred at once help nobody."""
        if not district:
            own = units.filter(level=Level.DISTRICT).values_list("slug", flat=True)[:2]
            district = own[0] if len(own) == 1 else None
        return units.filter(level=Level.ASSEMBLY, district__slug=district).order_by("number")

    def search(self, rows, name, value):
        return rows.matching(value)

    def keep_with(self, rows, name, value):
        return rows.exclude(**KEEPS[value])

    def in_order(self, rows, name, value):
        return rows.order_by(*ORDERS[value])


class MoveForm(forms.Form):
    """Where to, and why. ``may`` are the statuses this person may choose."""

    to = forms.ChoiceField(error_messages={"required": _("Choose what is to happen."),
                                           "invalid_choice": _("This is not possible from here.")})  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Kept with the application; the applicant does not see it."),
        error_messages={"max_length": _("Write the reason in at most 300 characters.")},
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args, may, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(status.value, status.label) for status in may]

    def clean(self):
        super().clean()
        if self.cleaned_data.get("to") == Status.NOT_SELECTED and not self.cleaned_data.get("reason", "").strip():
            self.add_error(
                "reason", _("Write why: everyone who is not selected gets an answer, and we know the reason.")
            )


class AppointForm(forms.Form):
    """A vacant seat along the applicant's own line of units."""

    seat = forms.ModelChoiceField(
        label=_("Seat"),
        queryset=Seat.objects.none(),
        empty_label=_("choose a vacant seat"),
        error_messages={
            "required": _("Choose a vacant seat."),
            "invalid_choice": _("This seat is no longer vacant. Choose another."),
        },
    )
    term_ends = forms.DateField(
        label=_("Term ends"),
        required=False,
        widget=forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as day, month and year.")},
    )
    shares_phone = forms.BooleanField(
        label=_("They share this phone with someone of their family"),
        required=False,
        help_text=_("Tick this when we know the number under another name."),
    )

    def __init__(self, *args, seats, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats
        self.helper = FormHelper()
        self.helper.add_input(Submit("appoint", _("Appoint")))
