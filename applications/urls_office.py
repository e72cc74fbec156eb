"""Addresses of the desk, the drives' office and the poster studio."""

from django.urls import URLPattern, path

from applications.views import drives, inbox, links, one

OFFICE: list[URLPattern] = [
    path("office/applications/", inbox.desk, name="desk"),
    path("office/applications/move/", inbox.move, name="desk-move"),
    path("office/applications/undo/", inbox.undo, name="desk-undo"),
    path("office/applications/export/", inbox.export, name="desk-export"),
    path("office/applications/<str:ref>/", one.application, name="application"),
    path("office/applications/<str:ref>/move/", one.move, name="application-move"),
    path("office/applications/<str:ref>/number/", one.number, name="application-number"),
    path("office/applications/<str:ref>/photo", one.photo, name="application-photo"),
    path("office/applications/<str:ref>/appoint/", one.appoint, name="application-appoint"),
    path("office/drives/", drives.drives, name="drives-office"),
    path("office/drives/new/", drives.new, name="drive-new"),
    path("office/drives/<slug:slug>/", drives.edit, name="drive-edit"),
    path("office/drives/<slug:slug>/extend/", drives.extend, name="drive-extend"),
    path("posters/", links.studio, name="posters"),
    path("posters/<str:code>/", links.poster, name="poster"),
    path("posters/<str:code>/qr.<str:kind>", links.qr_file, name="qr-file"),
    path("posters/<str:code>/<str:size>.png", links.poster_file, name="poster-file"),
    path("posters/<str:code>/pause/", links.pause, name="poster-pause"),
]
