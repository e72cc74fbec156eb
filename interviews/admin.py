"""Windows on interview days. They are planned, scored and decided on the site, not here."""

from django.contrib import admin

from interviews.models import Board, Conflict, InterviewDay, Panel, PanelMember, Slot
from portal.windows import Window


class MemberWindow(admin.TabularInline):
    """Who sits on the panel."""

    model = PanelMember
    fields = ["person", "starts_at", "ends_at"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(InterviewDay)
class InterviewDayAdmin(Window):
    list_display = ["date", "drive", "unit", "starts", "ends", "slot_minutes", "released_at", "locked_at"]
    list_filter = ["drive"]
    list_select_related = ["drive", "unit"]
    date_hierarchy = "date"


@admin.register(Panel)
class PanelAdmin(Window):
    list_display = ["name", "room", "day"]
    list_select_related = ["day__drive"]
    search_fields = ["name", "room"]
    inlines = [MemberWindow]


@admin.register(Slot)
class SlotAdmin(Window):
    list_display = ["starts_at", "ends_at", "panel"]
    list_select_related = ["panel__day__drive"]
    date_hierarchy = "starts_at"


@admin.register(Board)
class BoardAdmin(Window):
    list_display = ["day", "made_at", "expires_at", "revoked_at"]
    fields = ["day", "shows_names", "made_at", "expires_at", "revoked_at"]
    list_select_related = ["day__drive"]


@admin.register(Conflict)
class ConflictAdmin(Window):
    """That there was a conflict, not with whom or why."""

    list_display = ["declared_at", "person"]
    fields = ["declared_at", "person"]
    list_select_related = ["person"]
