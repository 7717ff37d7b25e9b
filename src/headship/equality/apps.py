"""The application `equality`."""

from django.apps import AppConfig


class EqualityConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.equality"
    label = "equality"
    default_auto_field = "django.db.models.BigAutoField"
