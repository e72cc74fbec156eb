"""Step 5: accounts on social media."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications import platforms
from applications.forms.base import StepForm
from applications.forms.fields import CleanCharField
from applications.models.answers import Followers

BOXES = [f"link{number}" for number in range(1, 6)]


class SocialForm(StepForm):
    step = "social"
    title = _("Social media")

    no_links = forms.BooleanField(label=_("I have none"), required=False)
    followers = forms.ChoiceField(
        label=_("How many follow you where most do?"),
        choices=[("", _("I do not say")), *Followers.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the answers")},
    )

    def shape(self):
        for number, box in enumerate(BOXES, start=1):
            self.fields[box] = CleanCharField(
                label=_("Link or @name %(number)s") % {"number": number},
                max_length=platforms.LONGEST,
                required=False,
                error_messages={"max_length": _("This link is too long; copy the short one of your profile")},
                widget=forms.TextInput(
                    attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
                ),
            )
        for last in ("no_links", "followers"):
            self.fields[last] = self.fields.pop(last)  # after the boxes
        self.helper.hide_optional = True

    def clean(self):
        self.accounts = []
        for box in BOXES:
            if typed := self.cleaned_data.get(box):
                self._add(box, typed)
        if self.cleaned_data.get("no_links"):
            self.accounts = []
        elif not self.accounts and not self.errors:
            raise forms.ValidationError(_("Give at least one link, or tick “I have none”"))

    def _add(self, box, typed):
        try:
            account = platforms.recognise(typed)
        except platforms.NotALink:
            self.add_error(box, _("Write a link or a name such as @yourname"))
            return
        if account not in self.accounts:
            self.accounts.append(account)

    @staticmethod
    def shown(saved):
        boxes = {box: link.get("url") or link["text"] for box, link in zip(BOXES, saved.get("links", []), strict=False)}
        return saved | boxes

    def kept(self):
        followers = self.cleaned_data["followers"] if self.accounts else ""
        links = [account._asdict() for account in self.accounts]
        return {"links": links, "no_links": not links, "followers": followers}
