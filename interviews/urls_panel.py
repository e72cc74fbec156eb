"""Addresses of a panel member's phone, of conflicts of interest and of sheets that need a second person."""

from django.urls import path

from interviews.views import known, sending

urlpatterns = [
    path("panel/token/", sending.token, name="token"),
    path("panel/send/", sending.send, name="send"),
    path("known/", known.known, name="known"),
    path("office/conflicts/", known.office, name="conflicts"),
    path("office/conflicts/lift/", known.lift, name="lift"),
]
