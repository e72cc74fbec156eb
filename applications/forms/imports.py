"""A file of answers, and what its columns hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.domain.importing import columns
from portal import phones

FEW_SIGNS = 60


class UploadForm(forms.Form):
    """A CSV or Excel file as Google Forms gives it out."""

    file = forms.FileField(
        label=_("File of answers"),
        help_text=_("In Google Forms: Responses › Open in Sheets › File › Download › CSV or Microsoft Excel."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )


class ColumnsForm(forms.Form):
    """For each column of the file, where it goes."""

    def __init__(self, *args, sheet, mapping, drive, **kwargs):
        super().__init__(*args, **kwargs)
        offered = columns.choices(drive)
        self.letters = [columns.letter(index) for index in range(len(sheet.headings))]
        self.examples = {}
        for index, letter in enumerate(self.letters):
            is_held = not columns.is_forbidden(sheet.headings[index])
            self.examples[letter] = _example(sheet.rows, index) if is_held else ""
            self.fields[letter] = forms.ChoiceField(
                label=columns.called(index, sheet.headings),
                choices=offered if is_held else _only_out(offered),
                initial=mapping.get(letter),
                error_messages={"invalid_choice": _("Choose one of the places.")},
            )

    def rows(self):
        """Each column with its example."""
        return [(self[letter], self.examples[letter]) for letter in self.letters]


def _example(rows, index):
    """The first answer of a column, short; of a number only what tells that it is one."""
    found = next((said[index].strip() for _number, said in rows if said[index].strip()), "")
    try:
        return phones.masked(phones.normalise(found))
    except phones.BadPhone:
        return found if len(found) <= FEW_SIGNS else f"{found[:FEW_SIGNS]}…"


def _only_out(offered):
    return [(value, label) for value, label in offered if value == columns.C.OUT]
