"""What the admin pages of all apps share."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import folding, phones


class Fit(admin.ModelAdmin):
    """Lists fit for 600,000 rows, in which nobody finds whom they may not judge (``CONFLICT_OF`` of the model)."""

    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    # A date_hierarchy or a filter by a bare text would read the whole table: only where an index helps.
    ordering = ["-pk"]
    conflict_of = ""  # where the model itself does not say it

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        path = self.conflict_of or getattr(self.model, "CONFLICT_OF", "")
        return rows.exclude(**{path: request.user.person_id}) if path else rows


class Window(Fit):
    """To look, not to touch: daily work happens on the site."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class Masked:
    """Shows phones masked, whoever looks; the full one is read on the site, where that is written down."""

    @admin.display(description=_("mobile number"))
    def masked_phone(self, row):
        phone = row.phone
        return phones.masked(phone) if phone else "–"


class Folded:
    """Search by the name in either script, or by the end of the phone number.

    ``folded`` is the path to the row that has ``name_key`` and ``phone``, with its underscores.
    """

    folded = ""
    search_fields = ["name_key"]  # so that a search box is there
    search_help_text = _("Name in Hindi or English, or the end of the mobile number")

    def get_search_results(self, request, queryset, search_term):
        digits = "".join(str(int(sign)) for sign in search_term if sign.isdecimal())
        if len(digits) >= 4:
            return queryset.filter(**{f"{self.folded}phone__endswith": digits[-10:]}), False
        wanted = Q()
        for word in search_term.split():
            if key := folding.key(word):
                wanted &= Q(**{f"{self.folded}name_key__contains": key})
        return queryset.filter(wanted), False
