"""The application `schools`."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.schools"
    label = "schools"
    default_auto_field = "django.db.models.BigAutoField"
