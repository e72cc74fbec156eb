"""Addresses of results: over all days of a drive, a few people side by side, and the meeting about marks far apart."""

from django.urls import path

from interviews.views import calibration, comparing, results

DAY = "office/interviews/<day:date>/<slug:drive>/"
DRIVE = "office/drives/<slug:drive>/results/"

urlpatterns = [
    path(f"{DAY}calibration/", calibration.calibration, name="calibration"),
    path(DRIVE, results.results, name="drive-results"),
    path(f"{DRIVE}propose/", results.propose, name="drive-propose"),
    path(f"{DRIVE}approve/", results.approve, name="drive-approve"),
    path(f"{DRIVE}compare/", comparing.compare, name="compare"),
    path(f"{DRIVE}messages/", comparing.told, name="results-news"),
    path(f"{DRIVE}file/", comparing.file, name="results-file"),
]
