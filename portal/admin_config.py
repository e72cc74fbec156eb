"""Django loads this before any model, so the site itself stands in a file of its own."""

from django.contrib.admin.apps import AdminConfig


class SrijanAdminConfig(AdminConfig):
    default_site = "portal.admin_site.SrijanAdminSite"
