"""The application `privacy`."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"
