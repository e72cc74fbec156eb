"""The interview day, as the applicant sees it: whether, within which hours, in which language."""

from django.utils.translation import gettext_lazy as _

from applications import tongues
from applications.forms.base import StepForm
from applications.forms.fields import CleanCharField, clock, tongues_of
from applications.forms.photo import PhotoForm


class ComingForm(StepForm):
    """What may be changed even after the shortlist. The next filling of the day obeys it."""

    step = "coming"
    title = _("Can you come on the interview day?")
    can_come = PhotoForm.base_fields["can_come"]
    come_from = clock(_("Can come from"))
    come_until = clock(_("Can come until"))
    speaks = tongues_of(_("Would rather speak"))
    come_note = CleanCharField(label=_("What else to think of"), max_length=160, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["come_from"].help_text = _("Only if you cannot come at any time of the day.")

    def clean_speaks(self):
        return tongues.known(self.cleaned_data["speaks"])

    def clean(self):
        data = super().clean()
        if data.get("come_from") and data.get("come_until") and data["come_from"] >= data["come_until"]:
            self.add_error("come_until", _("The end comes after the beginning."))
        return data
