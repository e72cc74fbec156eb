from django.apps import AppConfig
from django.core.checks import register
from django.db.models import CharField
from django.utils.translation import gettext_lazy as _

from portal import checks, lookups


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self):
        for check in checks.ALL:
            register(check, "srijan")
        for lookup in lookups.ALL:
            CharField.register_lookup(lookup)
