"""The application `improvement`."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.improvement"
    label = "improvement"
    default_auto_field = "django.db.models.BigAutoField"
