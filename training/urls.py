"""Addresses of training."""

from django.urls import path

from training.views import attendance, invited, office

app_name = "training"

urlpatterns = [
    path("train/", office.workshops, name="workshops"),
    path("train/new/", office.new, name="new"),
    path("train/mine/", invited.mine, name="mine"),
    path("train/<slug:slug>/", office.workshop, name="workshop"),
    path("train/<slug:slug>/edit/", office.edit, name="edit"),
    path("train/<slug:slug>/cancel/", office.cancel, name="cancel"),
    path("train/<slug:slug>/certify/", office.certify, name="certify"),
    path("train/<slug:slug>/attendance/", attendance.attendance, name="attendance"),
    path("train/<slug:slug>/sheet/", attendance.sheet, name="sheet"),
    path("r/<slug:link_key>/", invited.rsvp, name="rsvp"),
    path("r/<slug:link_key>/workshop.ics", invited.calendar, name="calendar"),
    path("r/<slug:link_key>/certificate.pdf", invited.certificate, name="certificate"),
]
