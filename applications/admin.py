"""Drives are set up here; applications are only looked at. Marks are nowhere in the admin."""

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from applications import consent
from applications.domain import consenting, driving
from applications.forms import notices
from applications.forms.questions import QuestionForm, QuestionFormSet, StepTextForm
from applications.models import (
    Anchor,
    Application,
    Attachment,
    ConsentText,
    Criterion,
    Drive,
    Prompt,
    Question,
    ShareLink,
    StepText,
)
from applications.steps import STEPS
from portal.windows import Fit, Folded, Masked, Window

DATES = ["opens_at", "closes_at"]  # free until the drive opens


class Fixed:
    """Read only from the first score on: what people were judged by stays. The database refuses changes too."""

    def has_add_permission(self, request, obj=None):
        return not _is_fixed(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return not _is_fixed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not _is_fixed(obj) and super().has_delete_permission(request, obj)


def _is_fixed(row):
    """Was anybody scored by this drive, or by the drive of this criterion or anchor?"""
    row = getattr(row, "criterion", row)
    return bool(row) and getattr(row, "drive", row).rubric_locked_at is not None


class CriterionInline(Fixed, admin.TabularInline):
    model = Criterion
    extra = 0
    show_change_link = True


class PromptInline(admin.TabularInline):
    model = Prompt
    extra = 0


class AnchorInline(Fixed, admin.TabularInline):
    model = Anchor
    extra = 0
    max_num = 5


class StepTextInline(admin.TabularInline):
    """Which steps are asked, and in what words; where nothing stands, ours hold."""

    model = StepText
    form = StepTextForm
    extra = 0
    max_num = len(STEPS)


class QuestionInline(admin.StackedInline):
    """The drive's own questions; a condition can name a question once that one is saved."""

    model = Question
    form = QuestionForm
    formset = QuestionFormSet
    extra = 0
    max_num = 20


@admin.register(Drive)
class DriveAdmin(Fit):
    """A new drive gets its criteria, anchors and subjects by itself; then each may be reworded."""

    list_display = ["title_hi", "unit", "opens_at", "closes_at", "interviews"]
    list_filter = ["interviews", "unit__level"]
    list_select_related = ["unit"]
    search_fields = ["title_hi", "title_en", "slug"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    autocomplete_fields = ["unit"]
    date_hierarchy = "closes_at"

    def get_inlines(self, request, obj):
        return [CriterionInline, PromptInline, StepTextInline, QuestionInline] if obj else []

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        fixed = ["ranks_by"] if obj.rubric_locked_at else []
        return ["slug", "unit", "see_form", *fixed, *(DATES if obj.opens_at <= timezone.now() else [])]

    @admin.display(description=_("the form"))
    def see_form(self, row):
        """The way to see what the settings make of the form."""
        return format_html(
            '<a href="{}">{}</a>', reverse("applications:drive-form", args=[row.slug]), _("See the form")
        )

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and obj.opens_at <= timezone.now():
            fieldsets[0][1]["description"] = _(
                "The drive has opened: its dates are a promise. More time is proposed by one person and agreed to by "
                "another, on the page of the drive in the office."
            )
        if obj and obj.rubric_locked_at:
            words = _("Somebody was scored by this drive: its criteria, anchors and the rule of the ranking stay.")
            fieldsets[0][1]["description"] = f"{fieldsets[0][1].get('description', '')} {words}".strip()
        return fieldsets

    def save_model(self, request, obj, form, change):
        now = timezone.now()
        if not change:
            obj.pk = driving.open_drive(**form.cleaned_data, by=request.user, now=now).pk
            return
        if set(form.changed_data) & set(DATES):
            driving.redate(drive=obj, opens_at=obj.opens_at, closes_at=obj.closes_at, by=request.user, now=now)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Criterion)
class CriterionAdmin(Fit):
    """A criterion with what its marks mean."""

    list_display = ["name_hi", "drive", "order", "weight"]
    list_select_related = ["drive"]
    search_fields = ["name_hi", "name_en", "drive__slug"]
    readonly_fields = ["drive"]
    inlines = [AnchorInline]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return not _is_fixed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not _is_fixed(obj) and super().has_delete_permission(request, obj)


@admin.register(Anchor)
class AnchorAdmin(Fit):
    """What one mark means; also reached from its criterion."""

    list_display = ["criterion", "mark", "text_hi"]
    list_select_related = ["criterion"]
    search_fields = ["text_hi", "text_en", "criterion__drive__slug"]
    readonly_fields = ["criterion", "mark"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return not _is_fixed(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not _is_fixed(obj) and super().has_delete_permission(request, obj)


@admin.register(Application)
class ApplicationAdmin(Folded, Masked, Window):
    """Who applied and where it stands; what they wrote is read on the desk."""

    list_display = ["ref", "name", "masked_phone", "unit", "drive", "status", "submitted_at"]
    list_filter = ["status", "drive"]
    list_select_related = ["unit", "drive"]
    search_help_text = _("Name in Hindi or English, application number, or the end of the mobile number")
    fields = [
        "ref", "name", "masked_phone", "share", "unit", "drive", "status", "submitted_at", "in_grace", "language",
        "consent_text", "consent_at", "wants_messages",
    ]  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        found, _distinct = super().get_search_results(request, queryset, search_term)
        ref = search_term.upper().replace("-", "").strip()
        if len(ref) == 8 and ref.isalnum():
            return queryset.filter(Q(ref=ref) | Q(pk__in=found.values("pk"))), False
        return found, False


@admin.register(ShareLink)
class ShareLinkAdmin(Window):
    """The ways to the drives; made in the studio."""

    list_display = ["code", "drive", "via", "unit", "label", "made_at", "paused_at"]
    list_filter = ["via", ("paused_at", admin.EmptyFieldListFilter)]
    list_select_related = ["drive", "unit"]
    search_fields = ["=code", "label"]
    fields = ["code", "drive", "via", "unit", "label", "made_at", "paused_at"]


@admin.register(Attachment)
class AttachmentAdmin(Window):
    """That a file is there; it is read on the application's page alone."""

    conflict_of = "application__conflicts__person"
    list_display = ["name", "question", "media_type", "made_at"]
    list_select_related = ["question"]
    list_filter = ["media_type"]
    fields = ["name", "question", "media_type", "made_at"]


@admin.register(ConsentText)
class ConsentTextAdmin(Window):
    """The notice before consent, word for word, as it is and was. A language is added, or worded anew, here."""

    form = notices.NoticeForm
    list_display = ["version", "called", "since", "renew"]
    list_filter = ["language"]
    fields = ["version", "language", "since", "body", "digest"]

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["language", *notices.BOXES]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **kwargs) if obj else notices.NoticeForm

    def get_changeform_initial_data(self, request):
        """``?language=gu``: with the words that stand there now."""
        language = request.GET.get("language", "")
        there = next((notice for notice in consenting.further() if notice.language == language), None)
        return {"language": language} | (notices.before(there) if there else {})

    def has_add_permission(self, request):
        return admin.ModelAdmin.has_add_permission(self, request)

    @admin.display(description=_("language"), ordering="language")
    def called(self, row):
        return consent.NAMES[row.language]

    @admin.display(description=_("better words"))
    def renew(self, row):
        if row.version not in {notice.version for notice in consenting.further()}:
            return ""
        address = reverse("admin:applications_consenttext_add")
        return format_html('<a href="{}?language={}">{}</a>', address, row.language, _("Write it anew"))

    def save_model(self, request, obj, form, change):
        now = timezone.now()
        obj.pk = consenting.add_language(language=obj.language, said=form.said, by=request.user, now=now).pk
