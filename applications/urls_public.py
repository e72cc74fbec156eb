"""Addresses that applicants open."""

from django.urls import URLPattern, path

from applications.views import apply, check, files, passes, posters, privacy, public, resume, scan, status

PUBLIC: list[URLPattern] = [
    path("d/", public.drives, name="drives"),
    path("d/<slug:slug>/", public.landing, name="landing"),
    path("d/<slug:slug>/tell/", public.tell, name="tell"),
    path("d/<slug:slug>/og.jpg", public.og, name="og"),
    path("d/<slug:slug>/apply/check/", check.check, name="check"),
    path("d/<slug:slug>/apply/<slug:step>/", apply.apply, name="apply"),
    path("file/<int:pk>/", files.file, name="file"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/<str:number>/", privacy.version, name="privacy-version"),
    path("q/<str:code>", scan.scan, name="scan"),
    path("resume/", resume.resume, name="resume"),
    path("resume/leave/", passes.forget, name="forget"),
    path("a/sw.js", passes.worker, name="pass"),
    path("a/<str:ref>/", status.status, name="status"),
    path("a/<str:ref>/change/<slug:step>/", status.change, name="change"),
    path("a/<str:ref>/withdraw/", status.withdraw, name="withdraw"),
    path("a/<str:ref>/leave/", passes.leave, name="leave"),
    path("a/<str:ref>/consider/", status.consider, name="consider"),
    path("a/<str:ref>/poster.png", posters.own_poster, name="own-poster"),
    path("a/<str:ref>/photo.webp", status.picture, name="own-photo"),
]
