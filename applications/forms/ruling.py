"""By what rule a drive ranks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.domain import ruling
from applications.models.drives import RanksBy

PLACES = [_("First"), _("Then"), _("After that")]
CHOOSE = {"required": _("Choose by what the ranking goes."), "invalid_choice": _("Choose by what the ranking goes.")}


class CriterionField(forms.ModelChoiceField):
    """A criterion by its name."""

    def label_from_instance(self, criterion):
        return f"{criterion.order}. {criterion.name}"


class RuleForm(forms.Form):
    """What makes a total of several sheets, and which criteria decide between equal totals."""

    ranks_by = forms.ChoiceField(
        label=_("The total of a person is"), choices=RanksBy, widget=forms.RadioSelect, error_messages=CHOOSE
    )

    def __init__(self, *args, drive, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["ranks_by"] = drive.ranks_by
        ties = ruling.tie_breakers(drive.criteria.all())
        for place, label in enumerate(PLACES, start=1):
            self.fields[f"tie{place}"] = CriterionField(
                label=label,
                queryset=drive.criteria.order_by("order"),
                required=False,
                initial=ties[place - 1] if place <= len(ties) else None,
                empty_label=_("nothing more: the lot"),
                error_messages={"invalid_choice": _("Choose among the criteria.")},
            )

    @property
    def places(self):
        return [self[f"tie{place}"] for place in range(1, len(PLACES) + 1)]

    def clean(self):
        data = super().clean()
        named = [data.get(f"tie{place}") for place in range(1, len(PLACES) + 1)]
        self.ties = [criterion for criterion in named if criterion]
        if len(set(self.ties)) < len(self.ties):
            self.add_error("tie1", _("Each criterion can stand here once."))
        return data
