"""What administrators set up, and windows on what happened. Daily work never happens here."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin

from portal import people, phones, wording
from portal.accounts import opening
from portal.admin_forms import (
    NewPersonForm,
    NoticeTemplateForm,
    OrganisationForm,
    PersonForm,
    UserForm,
    bracketed,
    known_values,
)
from portal.imports import PersonResource
from portal.models import Document, Event, Notice, NoticeTemplate, Organisation, Person, User
from portal.organisation import save as keep_organisation
from portal.windows import Fit, Folded, Masked, Window


@admin.register(Person)
class PersonAdmin(ImportExportMixin, Folded, Masked, Fit):
    """People become known once; a name may be mended, a phone never changes hands here."""

    form = PersonForm
    resource_classes = [PersonResource]
    list_display = ["name", "masked_phone", "share", "language", "created_at"]
    list_filter = ["gender"]

    def get_fields(self, request, obj=None):
        phone = ["masked_phone"] if obj else ["phone", "share"]
        return ["name", *phone, "email", "gender", "birth_year", "language"]

    def get_readonly_fields(self, request, obj=None):
        return ["masked_phone"] if obj else []

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **({} if obj else {"form": NewPersonForm}) | kwargs)

    def save_model(self, request, obj, form, change):
        now = timezone.now()
        facts = {name: form.cleaned_data[name] for name in people.CHANGEABLE if name in form.cleaned_data}
        if change:
            before = Person.objects.get(pk=obj.pk)
            people.change(person=before, by=request.user, now=now, **facts)
        else:
            obj.pk = people.know(phone=obj.phone, share=obj.share, now=now, **facts).pk

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(Folded, Masked, Fit):
    """Who may sign in. What they may do comes from their posts."""

    form = UserForm
    folded = "person__"
    list_display = ["person", "masked_phone", "is_active", "last_login", "created_at"]
    list_filter = ["is_active"]
    list_select_related = ["person"]
    search_fields = ["person__name_key"]
    autocomplete_fields = ["person"]

    def get_fields(self, request, obj=None):
        return ["person", "masked_phone", "is_active", "last_login"] if obj else ["person"]

    def get_readonly_fields(self, request, obj=None):
        return ["person", "masked_phone", "last_login"] if obj else []

    def save_model(self, request, obj, form, change):
        now = timezone.now()
        if change:
            before = User.objects.get(pk=obj.pk)
            opening.let_in(user=before, active=form.cleaned_data["is_active"], by=request.user, now=now)
        else:
            obj.pk = opening.open_for(person=form.cleaned_data["person"], by=request.user, now=now).pk

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Organisation)
class OrganisationAdmin(Fit):
    """The one row: words, colour, logo, help."""

    form = OrganisationForm
    readonly_fields = ["look"]
    fieldsets = [
        (None, {"fields": ["name_hi", "name_en", "brand", "look", "logo_file", "without_logo"]}),
        (_("Help"), {"fields": ["help_phone", "help_whatsapp", "help_hours_hi", "help_hours_en"]}),
        (_("Letters and posters"), {"fields": ["office_hi", "office_en", "signs_hi", "signs_en", "printer_line"]}),
        (_("For everybody"), {"fields": ["shows_committees"]}),
        (_("Complaints"), {"fields": ["grievance_name", "grievance_phone", "grievance_email"]}),
    ]

    @admin.display(description=_("how it looks"))
    def look(self, row):
        """The logo; the colours of the bar above are the saved ones."""
        picture = format_html('<img src="{}" alt="" height="40">', reverse("logo")) if row.logo else ""
        shades = _("text %(on)s, links and buttons %(strong)s, boxes %(tint)s")
        return format_html("{} {}", picture, shades % {"on": row.on_brand, "strong": row.strong, "tint": row.tint})

    def save_model(self, request, obj, form, change):
        values = {name: value for name, value in form.cleaned_data.items() if name not in ("logo_file", "without_logo")}
        if form.cleaned_data["without_logo"]:
            values["logo"] = None
        elif form.cleaned_data["logo_file"]:
            values["logo"] = form.cleaned_data["logo_file"]
        obj.pk = keep_organisation(**values).pk

    def has_add_permission(self, request):
        return not Organisation.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(NoticeTemplate)
class NoticeTemplateAdmin(Fit):
    """An office's own words, in place of the product's."""

    form = NoticeTemplateForm
    list_display = ["template", "language", "number", "parts", "approved_at", "ended_at"]
    list_filter = ["language"]
    search_fields = ["template", "text"]
    readonly_fields = ["meter", "carried", "ours"]
    fields = ["template", "language", "subject", "text", "meter", "carried", "ours", "dlt_id"]

    @admin.display(description=_("SMS parts"))
    def parts(self, row):
        return wording.segments(row.text)

    @admin.display(description=_("length"))
    def meter(self, row):
        """Without the values: those are counted when they are known."""
        if not row.text:
            return "–"
        told = _("%(signs)s signs without the values · %(parts)s SMS or more")
        bare = wording.VALUE.sub("", row.text)
        return told % {"signs": len(bare), "parts": wording.segments(bare)}

    @admin.display(description=_("values it may use"))
    def carried(self, row):
        return bracketed(known_values(row.template)) if row.template else "–"

    @admin.display(description=_("the product's own words"))
    def ours(self, row):
        words = wording.catalogue().get((row.template, row.language))
        return words.text if words else "–"


class TemplateFilter(admin.SimpleListFilter):
    """The templates as the product knows them; asking the table would read all of it."""

    title = _("template")
    parameter_name = "template"

    def lookups(self, request, model_admin):
        return [(name, name) for name in sorted({template for template, _language in wording.catalogue()})]

    def queryset(self, request, queryset):
        return queryset.filter(template=self.value()) if self.value() else queryset


@admin.register(Notice)
class NoticeAdmin(Window):
    """What was promised and what became of it; never the words, which hold personal links."""

    list_display = ["template", "channel", "to", "status", "due_at", "sent_at", "tries"]
    list_filter = ["status", "channel", TemplateFilter]
    fields = [
        "template", "channel", "to", "language", "status", "due_at", "useful_until", "sent_at", "tries", "reference",
        "error",
    ]  # fmt: skip

    @admin.display(description=_("to"))
    def to(self, row):
        if row.phone:
            return phones.masked(row.phone)
        name, _at, host = row.email.partition("@")
        return f"{name[:1]}•••@{host}"


@admin.register(Event)
class EventAdmin(Window):
    """The log. Nobody writes here, and nobody can take anything away."""

    list_display = ["at", "verb", "kind", "thing", "by"]
    list_select_related = ["by__person"]
    search_fields = ["=thing", "=verb"]
    date_hierarchy = "at"
    ordering = ["-at"]


@admin.register(Document)
class DocumentAdmin(Window):
    """Letters and certificates, as issued."""

    list_display = ["code", "kind", "holder", "title", "issued_at", "revoked_at"]
    list_filter = ["kind", ("revoked_at", admin.EmptyFieldListFilter)]
    search_fields = ["=code", "holder"]
    fields = ["code", "kind", "holder", "title", "place", "issued_at", "valid_until", "revoked_at", "revoked_reason"]
