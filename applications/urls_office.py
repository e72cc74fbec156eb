"""Addresses of the desk, the drives' office and the poster studio."""

from django.urls import URLPattern, path

from applications.views import assisting, drives, inbox, links, one, placing, readers, reading

OFFICE: list[URLPattern] = [
    path("office/applications/", inbox.desk, name="desk"),
    path("office/applications/move/", inbox.move, name="desk-move"),
    path("office/applications/undo/", inbox.undo, name="desk-undo"),
    path("office/applications/export/", inbox.export, name="desk-export"),
    path("office/applications/new/", assisting.assist, name="assist"),
    path("office/applications/new/<slug:slug>/check/", assisting.check, name="assist-check"),
    path("office/applications/new/<slug:slug>/<slug:step>/", assisting.step, name="assist-step"),
    path("office/applications/<str:ref>/", one.application, name="application"),
    path("office/applications/<str:ref>/move/", one.move, name="application-move"),
    path("office/applications/<str:ref>/number/", one.number, name="application-number"),
    path("office/applications/<str:ref>/photo", one.photo, name="application-photo"),
    path("office/applications/<str:ref>/appoint/", one.appoint, name="application-appoint"),
    path("office/places/", placing.places, name="places"),
    path("office/drives/", drives.drives, name="drives-office"),
    path("office/drives/new/", drives.new, name="drive-new"),
    path("office/drives/<slug:slug>/", drives.edit, name="drive-edit"),
    path("office/drives/<slug:slug>/extend/", drives.extend, name="drive-extend"),
    path("office/drives/<slug:slug>/readers/", readers.readers, name="readers"),
    path("read/", reading.mine, name="readings"),
    path("read/<slug:drive>/next/", reading.following, name="read-next"),
    path("read/<slug:drive>/<str:ref>/", reading.read, name="read"),
    path("read/<slug:drive>/<str:ref>/photo", reading.photo, name="read-photo"),
    path("posters/", links.studio, name="posters"),
    path("posters/<str:code>/", links.poster, name="poster"),
    path("posters/<str:code>/qr.<str:kind>", links.qr_file, name="qr-file"),
    path("posters/<str:code>/<str:size>.png", links.poster_file, name="poster-file"),
    path("posters/<str:code>/pause/", links.pause, name="poster-pause"),
]
