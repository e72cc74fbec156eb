"""Addresses of a panel member's phone, of conflicts of interest and of sheets that need a second person."""

from django.urls import path

from interviews.views import sending

urlpatterns = [
    path("panel/token/", sending.token, name="token"),
    path("panel/send/", sending.send, name="send"),
]
