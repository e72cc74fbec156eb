"""Which app answers. Hindi without a prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal import api, home, stopping, views
from portal.front import sending_views

urlpatterns = [
    path("health/", views.healthy, name="health"),
    path("logo", views.logo, name="logo"),
    path("api/v1/", include((api.addresses(), "api"))),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("", include("portal.accounts.urls")),
        path("admin/", admin.site.urls),
        path("api/", api.about, name="programs"),
        path("stop/<str:token>/", stopping.stop, name="stop"),
        path("office/notices/", sending_views.calendar, name="notices"),
        path("office/notices/hold/", sending_views.hold, name="notices-hold"),
        path("office/notices/go/", sending_views.let_go, name="notices-go"),
        path("", include("portal.me.urls")),
        path("", include("applications.urls")),
        path("", include("interviews.urls")),
        path("", include("training.urls")),
        path("", include("committees.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.views.unreadable"
handler404 = "portal.views.not_found"
handler403 = "portal.views.not_yours"
handler500 = "portal.views.broken"
handler429 = "portal.views.too_many"  # asked for by allauth
