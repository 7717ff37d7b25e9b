"""The application `governance`."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"
