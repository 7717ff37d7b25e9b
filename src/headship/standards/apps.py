"""The application `standards`."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.standards"
    label = "standards"
    default_auto_field = "django.db.models.BigAutoField"
