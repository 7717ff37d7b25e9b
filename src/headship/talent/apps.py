"""The application `talent`."""

from django.apps import AppConfig


class TalentConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.talent"
    label = "talent"
    default_auto_field = "django.db.models.BigAutoField"
