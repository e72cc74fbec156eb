"""Windows on training. Places, answers and marks change on the site, not here."""

from django.contrib import admin

from portal.windows import Window
from training.models import Attendance, Enrolment, Series, Workshop


@admin.register(Series)
class SeriesAdmin(Window):
    """Begun, changed and ended on the site, where its rule is explained."""

    list_display = ["title_hi", "subject", "prerequisite", "attendance_share", "quiz_pass", "valid_months", "ended_at"]
    list_filter = ["subject", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["prerequisite"]
    search_fields = ["title_hi", "title_en", "slug"]


@admin.register(Workshop)
class WorkshopAdmin(Window):
    """Words of a workshop may be mended; its time, place and seats are changed where people are told of it."""

    list_display = ["title_hi", "series", "unit", "starts_at", "capacity", "cancelled_at"]
    list_filter = ["series", "level", ("cancelled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["unit", "series"]
    search_fields = ["title_hi", "title_en", "slug"]
    date_hierarchy = "starts_at"
    fields = ["title_hi", "title_en", "unit", "level", "starts_at", "ends_at", "place_hi", "place_en", "capacity"]
    readonly_fields = ["unit", "level", "starts_at", "ends_at", "place_hi", "place_en", "capacity"]

    def has_change_permission(self, request, obj=None):
        return admin.ModelAdmin.has_change_permission(self, request, obj)


@admin.register(Enrolment)
class EnrolmentAdmin(Window):
    list_display = ["person", "workshop", "answer", "place_number", "invited_at", "answered_at"]
    list_filter = ["answer", ("certificate", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "workshop"]
    search_fields = ["person__name", "workshop__title_hi"]
    date_hierarchy = "invited_at"


@admin.register(Attendance)
class AttendanceAdmin(Window):
    list_display = ["enrolment", "session", "how", "marked_at", "marked_by"]
    list_filter = ["how"]
    list_select_related = ["enrolment__person", "enrolment__workshop", "session__workshop", "marked_by__person"]
    search_fields = ["enrolment__person__name"]
    date_hierarchy = "marked_at"
