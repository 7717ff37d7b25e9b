"""The application `workload`."""

from django.apps import AppConfig


class WorkloadConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.workload"
    label = "workload"
    default_auto_field = "django.db.models.BigAutoField"
