"""Addresses of committees. Below /units/ the words of ``tree.RESERVED`` belong to us."""

from django.urls import path

from committees.views import committee, forming, incharges, jobs, my, papers, units, verify, yes

app_name = "committees"

urlpatterns = [
    path("units/", units.unit, {"path": ""}, name="units"),
    path("units/search/", units.search, name="search"),
    path("units/committee/", committee.committee, {"path": ""}, name="committee"),
    path("units/committee/form/", forming.form, {"path": ""}, name="form"),
    path("units/committee/form/<int:pk>/", forming.fill, {"path": ""}, name="fill"),
    path("units/committee/form/<int:pk>/end/", forming.end, {"path": ""}, name="end"),
    path("units/<path:path>/committee/", committee.committee, name="committee"),
    path("units/<path:path>/committee/form/", forming.form, name="form"),
    path("units/<path:path>/committee/form/<int:pk>/", forming.fill, name="fill"),
    path("units/<path:path>/committee/form/<int:pk>/end/", forming.end, name="end"),
    path("units/<path:path>/", units.unit, name="unit"),
    path("incharges/", incharges.incharges, name="incharges"),
    path("incharges/<slug:slug>/", incharges.assign, name="incharge"),
    path("my/", my.my, name="my"),
    path("my/<slug:slug>/", my.my, name="my-district"),
    path("work/", my.work, name="work"),
    path("jobs/", jobs.mine, name="jobs"),
    path("jobs/<str:key>/", jobs.job, name="job"),
    path("jobs/<str:key>/agree/", jobs.agree, name="job-agree"),
    path("jobs/<str:key>/file", jobs.file, name="job-file"),
    path("v/", verify.ask, name="verify-ask"),
    path("v/<str:code>", verify.verify, name="verify"),
    path("l/<str:code>.pdf", papers.letter, name="letter"),
    path("l/<str:code>/cancel/", papers.cancel, name="letter-cancel"),
    path("s/<str:token>/", yes.accept, name="accept"),
]
