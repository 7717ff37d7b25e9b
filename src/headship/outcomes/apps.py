"""The application `outcomes`."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.outcomes"
    label = "outcomes"
    default_auto_field = "django.db.models.BigAutoField"
