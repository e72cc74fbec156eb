"""Addresses of applications: what anyone may open, and the office's."""

from applications.urls_office import OFFICE
from applications.urls_public import PUBLIC

app_name = "applications"

urlpatterns = [*PUBLIC, *OFFICE]
