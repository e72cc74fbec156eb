"""Addresses of whole days: cancelled, moved, copied, several together; and of a panel member's call."""

from django.urls import path

from interviews.views import duty, needs, several, shifting

DAY = "office/interviews/<day:date>/<slug:drive>/"

urlpatterns = [
    path(f"{DAY}cancel/", shifting.cancel, name="day-cancel"),
    path(f"{DAY}hold/", shifting.hold, name="day-hold"),
    path(f"{DAY}move/", shifting.move, name="day-move"),
    path(f"{DAY}copy/", shifting.copy, name="day-copy"),
    path(f"{DAY}needs/<str:ref>/", needs.needs, name="needs"),
    path("office/drives/<slug:drive>/interviews/", several.several, name="drive-days"),
    path("p/<str:sign>/", duty.duty, name="duty"),
]
