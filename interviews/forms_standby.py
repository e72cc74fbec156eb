"""Forms of the standby list: so many by an order, or one more by name. They check; they never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.domain.standing_by import Order
from portal.widgets import Digits

MOST = 60


class StandbyForm(forms.Form):
    """How many more, and who first."""

    count = forms.IntegerField(
        label=_("How many more?"),
        min_value=1,
        max_value=MOST,
        initial=5,
        widget=Digits(),
        error_messages={
            "required": _("Write how many."),
            "invalid": _("Write how many."),
            "min_value": _("At least one."),
            "max_value": _("At most %(limit_value)d at once."),
        },
    )
    order = forms.ChoiceField(
        label=_("Who first?"),
        choices=Order,
        initial=Order.NEAR,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who comes first.")},
    )


class OneMoreForm(forms.Form):
    """One of ``people``, by name."""

    ref = forms.ChoiceField(label=_("Name"), error_messages={"required": _("Choose somebody.")})

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {person.ref: person for person in people}
        places = (
            (ref, f"{person.name} · {(person.unit.district or person.unit).name}")
            for ref, person in self.people.items()
        )
        self.fields["ref"].choices = [("", _("Choose")), *places]
        self.fields["ref"].error_messages["invalid_choice"] = _("Someone was quicker. Please look again.")

    def clean_ref(self):
        return self.people[self.cleaned_data["ref"]]
