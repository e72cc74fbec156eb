"""Whose eyes an administrator may borrow, and the form that asks why."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from committees.access import RIGHTS, Right
from committees.levels import Role
from committees.models import Appointment
from portal import folding
from portal.models import User

MOST = 20


def holders(text: str) -> list[Appointment]:
    """People with a post who sign in, by name or unit; without a question, one of each role."""
    rows = _borrowable().select_related("person__user", "seat__post", "seat__unit")
    if not text.strip():
        firsts = [rows.filter(seat__post__role=role).order_by("pk").first() for role in Role]
        return [row for row in firsts if row]
    for word in text.split()[:4]:
        if key := folding.key(word):
            rows = rows.filter(person__name_key__contains=key) | rows.filter(seat__unit__key__contains=key)
    return list(rows.order_by("seat__unit__path", "pk")[:MOST])


def _borrowable() -> QuerySet[Appointment]:
    administers = [role for role in Role if Right.ADMINISTER in RIGHTS.get(role, ())]
    theirs = Appointment.objects.current().with_role(*administers).values("person")
    return Appointment.objects.current().filter(person__user__is_active=True).exclude(person__in=theirs)


class LookForm(forms.Form):
    """Whose eyes, and why: both stand in the log."""

    user = forms.ModelChoiceField(
        label=_("Whose pages do you want to see?"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose a person of the list.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_("One sentence; it stands in the log beside the name."),
        error_messages={"required": _("Say why you look.")},
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        people = _borrowable().values("person")
        self.fields["user"].queryset = User.objects.filter(person__in=people, is_active=True).exclude(pk=by.pk)
