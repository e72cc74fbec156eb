"""What the desk asks: which applications, where to, and why."""

import django_filters as filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Drive
from applications.models.links import Via
from applications.states import Status
from committees import access
from committees.access import Right
from committees.levels import Level
from committees.models import Seat

HAS = [("photo", _("photo")), ("writing", _("writing sample")), ("links", _("social media link"))]
SORTS = [("", _("newest first")), ("received", _("oldest first")), ("name", _("by name"))]
ORDERS = {"received": ["submitted_at", "pk"], "name": ["name", "pk"]}
NEWEST_FIRST = ["-submitted_at", "-pk"]
KEEPS = {"photo": {"photo": None}, "writing": {"writing": ""}, "links": {"links": []}}


class ApplicationFilter(filters.FilterSet):
    """The filters of the desk, as they stand in the address. What cannot be read is left out."""

    q = filters.CharFilter(method="search", label=_("Name, number, place or @handle"))
    drive = filters.ChoiceFilter(field_name="drive__slug", label=_("drive"), empty_label=_("all"))
    district = filters.ChoiceFilter(field_name="unit__district__slug", label=_("district"), empty_label=_("all"))
    assembly = filters.ChoiceFilter(
        field_name="unit__assembly__number", label=_("assembly constituency"), empty_label=_("all")
    )
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
        drives = Drive.objects.filter(pk__in=queryset.order_by().values("drive")).order_by("-closes_at", "pk")
        districts = list(units.filter(level=Level.DISTRICT).order_by("name_hi"))
        self.offer("drive", [(drive.slug, drive.title) for drive in drives])
        self.offer("district", [(district.slug, district.name) for district in districts])
        self.offer("assembly", self.assemblies(units, districts, data.get("district")))
        for field in self.form.fields.values():
            field.label = str(field.label).capitalize()

    def offer(self, name, choices):
        self.filters[name].extra["choices"] = choices

    @staticmethod
    def assemblies(units, districts, chosen):
        """Those of the chosen district; of one's own when there is but one. Two hundred at once help nobody."""
        wanted = [district for district in districts if chosen == district.slug or len(districts) == 1]
        if not wanted:
            return []
        rows = units.filter(level=Level.ASSEMBLY, district=wanted[0]).order_by("number")
        return [(unit.number, unit.title) for unit in rows]

    def counts(self):
        """Status → how many, under all filters but that of the status."""
        rows = self.queryset.order_by()
        for name, value in self.form.cleaned_data.items():
            if name not in ("status", "sort"):
                rows = self.filters[name].filter(rows, value)
        return dict(rows.values_list("status").annotate(Count("pk")))

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
