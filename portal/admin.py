"""What administrators set up, and windows on what happened. Daily work never happens here."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin

from portal import outbox, people, phones, tokens, wording
from portal.accounts import opening
from portal.admin_forms import NewPersonForm, OrganisationForm, PersonForm, UserForm
from portal.imports import PersonResource
from portal.models import Document, Event, Notice, NoticeTemplate, Organisation, Person, Token, User
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
        (_("Messages"), {"fields": ["sms_paise", "quiet_from", "quiet_until"]}),
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
class NoticeTemplateAdmin(Window):
    """Every version of the office's own words. They are written and approved on a page of their own (screen 19)."""

    list_display = ["template", "language", "number", "dlt_id", "approved_at", "ended_at"]
    list_filter = ["language", "is_trial"]
    search_fields = ["template", "text"]
    fields = [
        "template", "language", "number", "subject", "text", "dlt_id", "registered", "is_trial", "made_by", "made_at",
        "approved_by", "approved_at", "ended_at", "editor",
    ]  # fmt: skip

    @admin.display(description=_("Words of notices"))
    def editor(self, row):
        return format_html('<a href="{}">{}</a>', reverse("admin:text", args=[row.template, row.language]), row)


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
    actions = ["send_again"]
    fields = [
        "template", "channel", "to", "language", "status", "urgency", "due_at", "useful_until", "sent_at",
        "delivered_at", "tries", "parts", "cost", "dlt_id", "reference", "error",
    ]  # fmt: skip

    @admin.action(description=_("Send what failed once more"))
    def send_again(self, request, queryset):
        now = timezone.now()
        count = sum(outbox.try_again(notice=notice, by=request.user, now=now) for notice in queryset)
        self.message_user(request, _("Sent again: %(count)s of %(all)s.") % {"count": count, "all": len(queryset)})

    @admin.display(description=_("to"))
    def to(self, row):
        if row.phone:
            return phones.masked(row.phone)
        name, _at, host = row.email.partition("@")
        return f"{name[:1]}•••@{host}"


@admin.register(Token)
class TokenAdmin(Window):
    """Keys of programs: whose, for what, last used when; the key itself nobody knows. A lost one is ended here."""

    list_display = ["name", "owner", "made_at", "expires_at", "used_at", "ended_at"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["owner__person"]
    search_fields = ["name"]
    actions = ["end"]
    fields = ["name", "owner", "scopes", "made_at", "expires_at", "used_at", "ended_at"]

    @admin.action(description=_("End at once"))
    def end(self, request, queryset):
        for token in queryset:
            tokens.end(token=token, by=request.user, now=timezone.now())
        self.message_user(request, _("The key is ended. Nothing can be read with it any more."))


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
