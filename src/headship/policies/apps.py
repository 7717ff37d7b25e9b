"""The application `policies`."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.policies"
    label = "policies"
    default_auto_field = "django.db.models.BigAutoField"
