"""Addresses of `strategy`, each with its audience."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
