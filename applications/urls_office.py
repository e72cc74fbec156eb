"""Addresses of the desk, the drives' office and the poster studio."""

from django.urls import URLPattern

OFFICE: list[URLPattern] = []
