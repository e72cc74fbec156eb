"""What is said to a list: yes, no with reasons, or which lines are published."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import names

TOO_LONG = {"max_length": _("Shorten the reason to 300 letters")}


def _reason(label, rows=2):
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=300, required=False, widget=area, error_messages=TOO_LONG)


class DecideForm(forms.Form):
    """Reasons for the whole and for each line, and why the least representation is set aside."""

    because = _reason(_("What is to be mended?"))
    override = _reason(_("Set the least representation aside, because"))

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"line-{line.pk}"] = forms.CharField(
                label=_("Reason"), max_length=300, required=False, error_messages=TOO_LONG
            )

    def clean(self):
        return {name: names.clean(words) for name, words in super().clean().items()}

    def reasons(self):
        """What is said to single lines, by their key."""
        return {line.pk: self.cleaned_data[f"line-{line.pk}"] for line in self.lines}

    def with_lines(self):
        """Each line with the box for its reason."""
        return [(line, self[f"line-{line.pk}"]) for line in self.lines]
