"""Addresses of training."""

from django.urls import include, path

from training.views import attendance, batches, door, invited, office, paper, passes, series

app_name = "training"

urlpatterns = [
    path("", include("training.urls_learning")),
    path("train/", office.workshops, name="workshops"),
    path("train/new/", office.new, name="new"),
    path("train/series/", series.all_series, name="all-series"),
    path("train/series/new/", series.new, name="series-new"),
    path("train/series/usual/", series.usual, name="usual-series"),
    path("train/series/<slug:slug>/", series.series, name="series"),
    path("train/series/<slug:slug>/edit/", series.edit, name="series-edit"),
    path("train/series/<slug:slug>/batches/", batches.batches, name="batches"),
    path("train/<slug:slug>/", office.workshop, name="workshop"),
    path("train/<slug:slug>/edit/", office.edit, name="edit"),
    path("train/<slug:slug>/cancel/", office.cancel, name="cancel"),
    path("train/<slug:slug>/certify/", office.certify, name="certify"),
    path("train/<slug:slug>/attendance/", attendance.attendance, name="attendance"),
    path("train/<slug:slug>/attendance/<int:number>/", attendance.marks, name="marks"),
    path("train/<slug:slug>/attendance/<int:number>/sync", attendance.sync, name="marks-sync"),
    path("train/<slug:slug>/attendance/<int:number>/sw.js", attendance.worker, name="marks-worker"),
    path("train/<slug:slug>/sheet/", paper.sheet, name="sheet"),
    path("train/<slug:slug>/sheet/<int:number>/", paper.entry, name="sheet-entry"),
    path("train/<slug:slug>/badges/", paper.badges, name="badges"),
    path("train/<slug:slug>/door/<int:number>/", door.door, name="door"),
    path("train/<slug:slug>/here/<slug:code>/", door.here, name="here"),
    path("train/pass/<str:token>/", passes.scanned, name="pass"),
    path("r/sw.js", passes.worker, name="pass-worker"),
    path("r/<slug:link_key>/", invited.rsvp, name="rsvp"),
    path("r/<slug:link_key>/workshop.ics", invited.calendar, name="calendar"),
    path("r/<slug:link_key>/certificate.pdf", invited.certificate, name="certificate"),
]
