"""Django admin behind our own door and with our own look."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _


class SrijanAdminSite(admin.AdminSite):
    """Stock admin; who may enter is decided by posts (``committees.access.PostBackend``)."""

    site_header = _("Srijan administration")
    site_title = _("Srijan administration")
    index_title = _("What can be set up here")
    site_url = "/"

    def has_permission(self, request):
        return request.user.is_active and request.user.has_module_perms("portal")

    def login(self, request, extra_context=None):
        """The one door: admin has no sign-in of its own, whose limits nobody guards."""
        target = request.GET.get("next") or request.get_full_path()
        return HttpResponseRedirect(f"{resolve_url('account_login')}?{urlencode({'next': target})}")


class SrijanAdminConfig(AdminConfig):
    default_site = "portal.admin_site.SrijanAdminSite"
