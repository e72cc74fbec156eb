"""Forms of one panel: its room and hours, a member more, an absence, leaving early. They check; they never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications import tongues
from applications.forms.fields import clock, tongues_of
from interviews.domain import hours
from portal import names, phones


class RoomForm(forms.Form):
    """Name, room and hours of a panel; without hours it is there all day."""

    name = forms.CharField(label=_("Name of the panel"), max_length=40)
    room = forms.CharField(label=_("Room"), max_length=40)
    opens = clock(_("There from"))
    closes = clock(_("There until"))

    def clean(self):
        data = super().clean()
        if data.get("opens") and data.get("closes") and data["opens"] >= data["closes"]:
            self.add_error("closes", _("The end comes after the beginning."))
        return data


class MemberForm(forms.Form):
    """One more at the table, by phone and name; with a time, from then on."""

    phone = forms.CharField(
        label=_("Mobile number"), max_length=20, widget=forms.TextInput({"type": "tel", "autocomplete": "off"})
    )
    person = forms.CharField(label=_("Name"), max_length=120)
    since = clock(_("From when? Empty: all day"))
    speaks = tongues_of(_("Understands, beside Hindi"))

    def clean_phone(self):
        try:
            return phones.normalise(self.cleaned_data["phone"])
        except phones.BadPhone:
            raise forms.ValidationError(_("The mobile number needs ten digits.")) from None

    def clean_person(self):
        return names.clean(self.cleaned_data["person"])


class SpeaksForm(forms.Form):
    """The languages of those who sit at the table: ``speaks_<key of the person>``."""

    def __init__(self, *args, stays, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {stay.person_id: stay.person for stay in stays}
        for stay in stays:
            spoken = tongues.names(stay.speaks)
            label = f"{stay.person.name}: {spoken}" if spoken else stay.person.name
            self.fields[f"speaks_{stay.person_id}"] = tongues_of(label)
            self.initial[f"speaks_{stay.person_id}"] = stay.speaks

    def changed(self):
        """(person, languages) of those whose languages are others now."""
        return [
            (person, self.cleaned_data[f"speaks_{key}"])
            for key, person in self.people.items()
            if set(self.cleaned_data[f"speaks_{key}"]) != set(self.initial[f"speaks_{key}"])
        ]


class AbsenceForm(forms.Form):
    """The panel, or one of its members, is away for a while."""

    member = forms.ChoiceField(label=_("Who?"), required=False)
    starts = clock(_("Away from"), required=True)
    ends = clock(_("Back at"), required=True)
    why = forms.CharField(label=_("Reason"), max_length=120, required=False)

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in members}
        self.fields["member"].choices = [("", _("the whole panel"))] + [(k, p.name) for k, p in self.people.items()]

    def clean(self):
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["starts"] >= data["ends"]:
            self.add_error("ends", _("The end comes after the beginning."))
        data["person"] = self.people.get(data.get("member", ""))
        return data


class LeaveForm(forms.Form):
    """From when on the panel is gone."""

    at = clock(_("Leaves at"), required=True)

    def __init__(self, *args, panel, **kwargs):
        super().__init__(*args, **kwargs)
        self.panel = panel

    def clean_at(self):
        """As a moment of the day."""
        return hours.moment(self.panel.date, self.cleaned_data["at"])
