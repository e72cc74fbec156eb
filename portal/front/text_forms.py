"""The form in which the office writes its words."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from portal import texts, wording

STRAY = _("This notice does not carry %(stray)s. It carries: %(known)s.")


class TextForm(forms.Form):
    """Words that could be sent; whether they are the registered ones is asked when they are approved."""

    subject = forms.CharField(label=_("Subject (e-mail)"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=900, widget=forms.Textarea({"rows": 5}))
    dlt_id = forms.RegexField(
        r"^\d{10,30}\Z",
        label=_("DLT template id"),
        required=False,
        max_length=30,
        error_messages={"invalid": _("The DLT template id has only digits, ten or more.")},
    )
    registered = forms.CharField(
        label=_("Text as registered (DLT)"),
        required=False,
        max_length=1500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Copied from the operators' register, with {#var#} in the place of each value."),
    )
    is_trial = forms.BooleanField(
        label=_("On trial: until it is approved, the state office alone gets these words"), required=False
    )

    def __init__(self, *args, template, **kwargs):
        super().__init__(*args, **kwargs)
        self.template = template
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page has its own

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("dlt_id")) != bool(cleaned.get("registered")) and "dlt_id" not in self.errors:
            self.add_error("dlt_id", _("Give both: the id and the text under which it is registered."))
        try:
            texts.check(self.template, self.words)
        except texts.StrayValues as problem:
            told = STRAY % {"stray": bracketed(problem.args), "known": bracketed(wording.carried(self.template))}
            self.add_error("text", told)
        except texts.ForeignLink:
            self.add_error("text", _("No link may stand in the text: ((url)) puts in the right one."))
        return cleaned

    @property
    def words(self):
        """What is written, also when it is not yet right: for the preview."""
        said = getattr(self, "cleaned_data", {})
        columns = {name: said.get(name) or self.fields[name].empty_value for name in ("subject", "text")}
        numbers = {name: said.get(name) or "" for name in ("dlt_id", "registered")}
        return texts.Written(**columns, **numbers, is_trial=bool(said.get("is_trial")))


def bracketed(values):
    """``((name)), ((url))``."""
    return ", ".join(f"(({value}))" for value in sorted(values)) or "–"
