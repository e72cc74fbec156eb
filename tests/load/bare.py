"""The twin: the least that Django can do for a form, a kept page and a posted form."""

from functools import cache

from django import forms
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from applications.models import Application, Draft, Drive
from portal.models import Notice

FIELDS, OPTIONS = 15, 50
STARTPROJECT = [  # what `django-admin startproject` writes
    "tests.load.bare.OwnAddresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = """<!doctype html><html lang="hi"><head><title>Form</title></head><body><h1>Form</h1>
<form method="post">{% csrf_token %}{{ form }}<button>Send</button></form></body></html>"""
TOKEN = "of-the-visitor"


class BareForm(forms.Form):
    """Fifteen fields: thirteen lines, a number to be unique by, and fifty options."""

    phone = forms.CharField(max_length=13)
    place = forms.ChoiceField(choices=[(str(number), f"Block {number}") for number in range(OPTIONS)])


for _number in range(FIELDS - len(BareForm.base_fields)):
    BareForm.base_fields[f"line{_number}"] = forms.CharField(max_length=200, initial="घर-घर संपर्क")


class OwnAddresses:
    """Lets the twin live in one process with the product."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.urlconf = "tests.load.bare"
        return self.get_response(request)


def form(request):
    """The page of the form; or what was sent is checked, compared with what is there, and written in two rows."""
    asked = BareForm(request.POST or None)
    if asked.is_valid() and not Application.objects.filter(phone=asked.cleaned_data["phone"]).exists():
        _write(asked.cleaned_data)
        return HttpResponse("kept")
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": asked}, request))


def kept(request):
    """The same page out of memory, with nothing but the visitor's own token put in."""
    return HttpResponse(_kept_page().replace(TOKEN, get_token(request)))


@cache
def _kept_page():
    return engines["django"].from_string(PAGE.replace("{% csrf_token %}", _hidden())).render({"form": BareForm()})


def _hidden():
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}">'


@transaction.atomic
def _write(answers):
    now = timezone.now()
    Draft.objects.create(drive=Drive.objects.all()[:1][0], answers=answers, begun_at=now, saved_at=now)
    Notice.objects.create(key=f"bare:{answers['phone']}", phone=answers["phone"], template="code", due_at=now)


urlpatterns = [path("form/", form), path("kept/", kept)]


def handler():
    """The twin as gunicorn would serve it."""
    with override_settings(MIDDLEWARE=STARTPROJECT):
        return WSGIHandler()
