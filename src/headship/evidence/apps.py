"""The application `evidence`."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
