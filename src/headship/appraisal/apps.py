"""The application `appraisal`."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.appraisal"
    label = "appraisal"
    default_auto_field = "django.db.models.BigAutoField"
