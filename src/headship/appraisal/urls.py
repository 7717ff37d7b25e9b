"""Addresses of `appraisal`, each with its audience."""

from typing import Any

from django.urls import URLPattern

from headship.appraisal import conduct_urls, head_urls, staff_urls, support_urls

urlpatterns: list[URLPattern] = [
    *head_urls.urlpatterns,
    *conduct_urls.urlpatterns,
    *support_urls.urlpatterns,
    *staff_urls.urlpatterns,
]

endpoints: tuple[Any, ...] = ()
