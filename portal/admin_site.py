"""Django admin behind our own door and with our own look; its first page asks every app what is lacking."""

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from committees.views import emergencies
from portal.accounts import second_factor
from portal.front import text_views, views

OURS = {"portal", "committees", "applications", "interviews", "training"}


class SrijanAdminSite(admin.AdminSite):
    """Stock admin; who may enter is decided by posts (``committees.access.PostBackend``)."""

    site_header = _("Srijan administration")
    site_title = _("Srijan administration")
    index_title = _("What can be set up here")
    site_url = "/"
    index_template = "admin/home.html"
    enable_nav_sidebar = False  # the first page lists the same, and phones have no room

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only our own tables: libraries would show secrets, addresses of browsers, groups that mean nothing here."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        super().register([model for model in models if model._meta.app_label in OURS], admin_class, **options)

    def get_urls(self):
        ours = [("find", views.find), ("look", views.look), ("look/end", views.look_end)]
        ours.append(("emergency", emergencies.ask))
        pages = [path(f"{at}/", self.admin_view(view), name=at.replace("/", "-")) for at, view in ours]
        return [*pages, *words_of_notices(), *super().get_urls()]

    def index(self, request, extra_context=None):
        """Can the drives open, does it live, and what was done of late; below it, the tables."""
        return super().index(request, views.first_page(request) | (extra_context or {}))

    def has_permission(self, request):
        """Administrators only, and only in a session that gave a second factor."""
        return self._administers(request.user) and second_factor.passed(request)

    def login(self, request, extra_context=None):
        """The one door: admin has no sign-in of its own, whose limits nobody guards.

        Who is already in but lacks the second factor sets it up or gives it;
        who administers nothing learns nothing.
        """
        door = "account_login"
        if request.user.is_authenticated:
            if not self._administers(request.user):
                raise Http404
            door = "mfa_reauthenticate" if second_factor.is_set_up(request.user) else "mfa_activate_totp"
        target = request.GET.get("next") or resolve_url("admin:index")
        return HttpResponseRedirect(f"{resolve_url(door)}?{urlencode({'next': target})}")

    def _administers(self, user):
        return user.is_active and user.has_module_perms("portal")


def words_of_notices():
    """Screen 19. It guards itself: the state office writes there too, and enters nothing else here."""
    here = "templates/<slug:template>/<str:language>/"
    return [
        path("templates/", text_views.every, name="texts"),
        path("templates/words.csv", text_views.register, name="texts-register"),
        path(here, text_views.one, name="text"),
        path(f"{here}preview/", text_views.preview, name="text-preview"),
        path(f"{here}<str:verb>/", text_views.act, name="text-act"),
    ]
