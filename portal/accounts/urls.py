"""One door for all who sign in."""

from django.urls import include, path

urlpatterns = [
    path("login/", include("allauth.urls")),
]
