"""Addresses of one's own data, and of the office that answers for it."""

from django.urls import path

from portal.me import keys, office, views

app_name = "me"

urlpatterns = [
    path("me/", views.data, name="data"),
    path("me/print/", views.download, {"kind": "print"}, name="print"),
    path("me/my-data.json", views.download, {"kind": "json"}, name="json"),
    path("me/keys/", keys.keys, name="keys"),
    path("me/keys/new/", keys.new, name="key-new"),
    path("me/keys/<int:pk>/end/", keys.end, name="key-end"),
    path("me/<slug:thing>/withdraw/", views.withdraw, name="withdraw"),
    path("me/<slug:thing>/erase/", views.erase, name="erase"),
    path("me/<slug:thing>/messages/", views.later_messages, name="messages"),
    path("me/<slug:thing>/complain/", views.complain, name="complain"),
    path("me/<slug:thing>/nominee/", views.nominee, name="nominee"),
    path("me/<slug:thing>/correct/<str:field>/", views.correct, name="correct"),
    path("office/requests/", office.waiting, name="requests"),
    path("office/requests/<str:number>/", office.one, name="request"),
    path("office/requests/<str:number>/agree/", office.agree, name="request-agree"),
]
