"""Forms of the office. They check; they never save."""

import re
from datetime import time

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import tongues_of
from applications.models import Drive
from committees import access
from committees.access import Right
from committees.levels import Level
from committees.models import Post, Unit
from interviews.domain import hours, planning, posts
from interviews.models import InterviewDay
from interviews.states import Outcome, Reason
from portal import names, phones
from portal.widgets import Digits

TIME = {"invalid": _("Write the time as hours and minutes, for example 11:00.")}
SEATS = 5  # members a panel form takes
ROOM = re.compile(r"^(कक्ष|room)[\s.:-]+(?=\S)", re.IGNORECASE)


class DayForm(forms.ModelForm):
    """The window of a day, its break and the length of an interview."""

    class Meta:
        model = InterviewDay
        fields = [
            "drive", "date", "starts", "ends", "break_starts", "break_ends", "slot_minutes", "gap_minutes",
            "place_hi", "place_en", "held_in", "turnout", "woman_on_panel", "takes_walk_ins", "lets_choose",
            "choose_until",
        ]  # fmt: skip
        labels = {
            "drive": _("Which drive?"),
            "date": _("Date"),
            "starts": _("From"),
            "ends": _("To"),
            "break_starts": _("Break from"),
            "break_ends": _("Break to"),
            "slot_minutes": _("Minutes with the panel"),
            "gap_minutes": _("Minutes between two people"),
            "place_hi": _("Place, in Hindi"),
            "place_en": _("Place, in English"),
            "held_in": _("In which district?"),
            "turnout": _("Expected turnout in percent"),
            "woman_on_panel": _("A woman on each panel"),
            "takes_walk_ins": _("Who comes without a call is taken at the desk"),
            "lets_choose": _("Who is called may choose another free time"),
            "choose_until": _("Choosing ends"),
        }
        help_texts = {
            "place_hi": _("As people find it: building, road, town. It stands in every call."),
            "held_in": _("Those who come from far get later times."),
            "woman_on_panel": _("The planner shows panels without one."),
            "takes_walk_ins": _("They are written down on the spot and get the next token."),
            "lets_choose": _("By the link of the call, only times that obey every hard rule."),
            "choose_until": _("Empty: until the own interview begins."),
        }

    button = _("Save")
    usual = {"starts": time(11), "ends": time(17), "break_starts": time(13), "break_ends": time(13, 45)}

    def __init__(self, *args, user, instance=None, **kwargs):
        super().__init__(*args, instance=instance, initial=None if instance else self.usual, **kwargs)
        drives = access.narrow(Drive.objects.filter(interviews=True), user=user, right=Right.PLAN)
        self.fields["drive"].queryset = drives.select_related("unit").order_by("-closes_at")
        self.fields["drive"].empty_label = self.fields["held_in"].empty_label = _("Choose")
        self.fields["held_in"].queryset = Unit.objects.filter(level=Level.DISTRICT).order_by("name_hi")
        self.fields["date"].widget = forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d")
        self.fields["date"].error_messages["invalid"] = _("Write the date as day, month and year.")
        for name in ("starts", "ends", "break_starts", "break_ends"):
            self.fields[name].widget = forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M")
            self.fields[name].error_messages |= TIME
        for name in ("slot_minutes", "gap_minutes"):
            self.fields[name].widget = Digits()
            self.fields[name].error_messages["invalid"] = _("Write a number of minutes.")
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill in: %(field)s") % {"field": field.label}
        self.fields["slot_minutes"].error_messages["min_value"] = _("At least three minutes.")
        self.fields["turnout"].widget = Digits()
        self.fields["choose_until"].widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        self.fields["choose_until"].error_messages["invalid"] = _("Write date and time.")
        if self.instance.pk:
            del self.fields["drive"], self.fields["date"]
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=instance.version
            )
        self.helper = FormHelper()
        self.helper.layout = self._layout()
        self.helper.add_input(Submit("save", self.button))

    def _layout(self):
        pairs = [("starts", "ends"), ("break_starts", "break_ends"), ("slot_minutes", "gap_minutes")]
        head = [] if self.instance.pk else ["drive", "date"]
        tail = ["turnout", "woman_on_panel", "takes_walk_ins", "lets_choose", "choose_until"]
        tail += ["version"] if self.instance.pk else []
        return Layout(
            *head, *(Div(*pair, css_class="grid2") for pair in pairs), "place_hi", "place_en", "held_in", *tail
        )

    def clean(self):
        data = self.cleaned_data  # constraints are the domain's to answer, in its words
        if not self.errors:
            day = InterviewDay(
                **{
                    "date": self.instance.date,
                    **{name: data[name] for name in data if name not in {"drive", "version"}},
                }
            )
            try:
                planning.check(day)
            except planning.BadWindow as problem:
                at_break = str(problem) == "the break"
                words = _("The break lies between the beginning and the end, and has both times.")
                nothing = _("Not one interview fits between these times.")
                self.add_error("break_starts" if at_break else "ends", words if at_break else nothing)
            if data.get("choose_until") and data["choose_until"] >= hours.moment(day.date, day.ends):
                self.add_error("choose_until", _("Choosing ends before the day is over."))
        return data


class PanelForm(forms.Form):
    """A panel: its name, its room, and up to five people by phone and name."""

    name = forms.CharField(label=_("Name of the panel"), max_length=40)
    room = forms.CharField(label=_("Room"), max_length=40)

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        count = day.panels.count()
        self.fields["name"].initial = _("Panel %(number)d") % {"number": count + 1}
        rows = []
        for seat in range(1, SEATS + 1):
            self.fields[f"phone{seat}"] = forms.CharField(
                label=_("Mobile number of member %(number)d") % {"number": seat},
                required=seat == 1,
                error_messages={"required": _("A panel needs at least one member.")},
                widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
            )
            self.fields[f"person{seat}"] = forms.CharField(
                label=_("Name of member %(number)d") % {"number": seat},
                required=seat == 1,
                error_messages={"required": _("Write the name too.")},
                max_length=120,
            )
            self.fields[f"speaks{seat}"] = tongues_of(_("Understands, beside Hindi"))
            fold = HTML(f"<details><summary>{_('Languages beside Hindi')}</summary>")
            rows.append(Div(f"phone{seat}", f"person{seat}", css_class="grid2"))
            rows += [fold, f"speaks{seat}", HTML("</details>")]
        for field in ("name", "room"):
            self.fields[field].error_messages["required"] = _("Fill in: %(field)s") % {
                "field": self.fields[field].label
            }
        self.helper = FormHelper()
        self.helper.layout = Layout(Div("name", "room", css_class="grid2"), *rows)
        self.helper.add_input(Submit("save", _("Add the panel")))

    def clean(self):
        data = super().clean()
        self.members = []
        for seat in range(1, SEATS + 1):
            phone, person = data.get(f"phone{seat}", ""), names.clean(data.get(f"person{seat}", ""))
            if not phone and not person:
                continue
            try:
                self.members.append((phones.normalise(phone), person, data.get(f"speaks{seat}", [])))
            except phones.BadPhone:
                self.add_error(f"phone{seat}", _("The mobile number needs ten digits."))
            if not person and seat > 1:
                self.add_error(f"person{seat}", _("Write the name too."))
        return data

    def clean_room(self):
        """The pages write the word before it: "Room 2" and "कक्ष 2" are kept as "2"."""
        room = self.cleaned_data["room"].strip()
        return ROOM.sub("", room) or room


class ProposeForm(forms.Form):
    """What becomes of those ticked, and why; for which post, where it is known."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome, widget=forms.RadioSelect)
    post = forms.ModelChoiceField(
        label=_("For the post"), queryset=Post.objects.none(), required=False, empty_label=_("not settled yet")
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose")), *Reason.choices])
    words = forms.CharField(label=_("In a sentence"), max_length=250, required=False)

    def __init__(self, *args, drive, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts.of(drive)
        self.fields["post"].error_messages["invalid_choice"] = _("Choose a post of this committee.")
        self.fields["outcome"].error_messages["required"] = _("Choose a decision.")
        self.fields["reason"].error_messages["required"] = _("Choose a reason.")

    def clean(self):
        data = super().clean()
        if data.get("post") and data.get("outcome") != Outcome.SELECTED:
            self.add_error("post", _("A post goes with “selected” only."))
        return data


class PromoteForm(forms.Form):
    """Why somebody of the waiting list gets the free place."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("Choose")), *Reason.choices])
    words = forms.CharField(label=_("In a sentence"), max_length=250, required=False)
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), required=False, empty_label=_("none named")
    )

    def __init__(self, *args, drive, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts.of(drive)
        self.fields["post"].error_messages["invalid_choice"] = _("Choose a post of this committee.")
        self.fields["reason"].error_messages["required"] = _("Choose a reason.")
