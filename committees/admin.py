"""Units and posts are set up here; seats and appointments are only looked at."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources
from import_export.admin import ExportMixin

from committees.domain import founding, importing, norms, tree
from committees.forms.admin import PostForm, UnitForm, UploadForm
from committees.models import Appointment, Norm, Post, Seat, Thread, Unit
from committees.unitfile import COLUMNS
from portal import folding
from portal.windows import Fit, Folded, Window


class ByKey:
    """Search of units by the folded key, the code or the number. ``place`` is the path to the unit."""

    place = ""
    search_fields = ["pk"]  # so that a search box is there
    search_help_text = _("Name in Hindi or English, code or number")

    def get_search_results(self, request, queryset, search_term):
        wanted = Q()
        for word in search_term.split():
            own = Q(**{f"{self.place}code__iexact": word})
            digits = "".join(str(int(sign)) for sign in word if sign.isdecimal())
            if digits and len(digits) == len(word) < 6:
                own |= Q(**{f"{self.place}number": int(digits)})
            if key := folding.key(word):
                own |= Q(**{f"{self.place}key__contains": key})
            wanted &= own
        return queryset.filter(wanted), False


class UnitResource(resources.ModelResource):
    """Units as ``import_units`` reads them."""

    parent = fields.Field(column_name="parent", attribute="parent__code")

    class Meta:
        model = Unit
        fields = COLUMNS
        export_order = COLUMNS

    def get_queryset(self):
        return super().get_queryset().select_related("parent").order_by("path")


@admin.register(Unit)
class UnitAdmin(ExportMixin, ByKey, Fit):
    """Every change goes through ``domain.tree``, which keeps ancestors and addresses right."""

    form = UnitForm
    resource_classes = [UnitResource]
    import_export_change_list_template = "committees/admin_units.html"
    list_display = ["shown", "name_en", "level", "parent", "code", "valid_to"]
    list_filter = ["level", ("valid_to", admin.EmptyFieldListFilter)]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent"]
    ordering = ["path"]

    @admin.display(description=_("Name"), ordering="name_hi")
    def shown(self, unit):
        return unit.title

    def get_readonly_fields(self, request, obj=None):
        """A unit that stands is moved by a plan, which two persons agree to (``/units/plans/``)."""
        return ["level", "code", "parent"] if obj else []

    def save_model(self, request, obj, form, change):
        told = {"by": request.user, "now": timezone.now()}
        if not change:
            obj.pk = tree.add_unit(**form.cleaned_data, **told).pk
            return
        unit = Unit.objects.get(pk=obj.pk)
        facts = {fact: form.cleaned_data[fact] for fact in tree.FACTS}
        tree.change(unit=unit, slug=form.cleaned_data["slug"], **facts, **told)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.load_view)
        return [path("load/", view, name="committees_unit_load"), *super().get_urls()]

    def load_view(self, request):
        """A CSV file with row-and-column errors; a dry run first."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        report = None
        if form.is_valid():
            report = importing.import_units(
                content=form.cleaned_data["file"].read(),
                by=request.user,
                now=timezone.now(),
                dry_run=form.cleaned_data["dry_run"],
            )
        context = self.admin_site.each_context(request) | {
            "title": _("Units from a CSV file"),
            "opts": self.model._meta,
            "form": form,
            "report": report,
            "columns": ",".join(COLUMNS),
        }
        return TemplateResponse(request, "committees/admin_load.html", context)


@admin.register(Post)
class PostAdmin(Fit):
    """Names, numbers and rights of posts. More seats are put up at once; vacant ones too many are taken away."""

    form = PostForm
    list_display = [
        "name_hi",
        "name_en",
        "level",
        "role",
        "seats_per_unit",
        "most",
        "exclusive",
        "in_committee",
        "order",
    ]
    list_filter = ["level", "role", "exclusive", "in_committee"]
    search_fields = ["name_hi", "name_en", "code"]
    ordering = ["level", "order", "pk"]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "level"] if obj else []

    def save_model(self, request, obj, form, change):
        founding.save_post(post=obj, by=request.user, now=timezone.now())

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Norm)
class NormAdmin(Fit):
    """The least share of a group in each committee of a level; none is asked for until a row stands here."""

    list_display = ["level", "group", "percent"]
    list_filter = ["level"]
    ordering = ["level", "group"]
    actions = None

    def save_model(self, request, obj, form, change):
        norms.keep(norm=obj, by=request.user, now=timezone.now())

    def delete_model(self, request, obj):
        norms.drop(norm=obj, by=request.user, now=timezone.now())


@admin.register(Seat)
class SeatAdmin(ByKey, Window):
    """Chairs come from posts; who sits in them is decided on the site."""

    place = "unit__"
    list_display = ["post", "unit", "number", "closed_on"]
    list_filter = ["unit__level", "post__role"]
    list_select_related = ["post", "unit"]
    ordering = ["pk"]


@admin.register(Appointment)
class AppointmentAdmin(Folded, Window):
    """A window on history. Seats are filled and vacated on the site, not here."""

    folded = "person__"
    list_display = ["person", "seat", "since", "until", "term_ends", "accepted_at"]
    list_filter = [("until", admin.EmptyFieldListFilter), ("accepted_at", admin.EmptyFieldListFilter),
                   "seat__unit__level", "seat__post__role"]  # fmt: skip
    list_select_related = ["person", "seat__post", "seat__unit"]
    date_hierarchy = "since"
    exclude = ["letter"]
    ordering = ["-pk"]


@admin.register(Thread)
class ThreadAdmin(ByKey, Window):
    """Who asked the state office, when, and whether it is closed; what was written stays between the two."""

    place = "unit__"
    list_display = ["unit", "about", "asked_by", "asked_at", "closed_at", "closed_by"]
    list_filter = [("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["unit", "about", "asked_by__person", "closed_by__person"]
