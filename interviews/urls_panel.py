"""Addresses of a panel member's phone, of conflicts of interest and of sheets that need a second person."""

from django.urls import path

from interviews.views import known, prepared, sending, sheets

DAY = "office/interviews/<day:date>/<slug:drive>/"

urlpatterns = [
    path("panel/token/", sending.token, name="token"),
    path("panel/send/", sending.send, name="send"),
    path("panel/sw.js", prepared.worker, name="panel-worker"),
    path("panel/prepared/", prepared.prepared, name="prepared"),
    path("panel/<day:date>/kept/", prepared.kept, name="kept"),
    path(f"{DAY}sheets/", sheets.sheets, name="sheets"),
    path(f"{DAY}sheets/second/", sheets.second, name="second"),
    path(f"{DAY}sheets/blank/", sheets.blank, name="blank"),
    path(f"{DAY}sheets/copy/<int:pk>/<int:person>/", sheets.copy, name="copy"),
    path("known/", known.known, name="known"),
    path("office/conflicts/", known.office, name="conflicts"),
    path("office/conflicts/lift/", known.lift, name="lift"),
]
