"""The application `project`: commands and the pages that join all modules (home, rows)."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The top of the house."""

    name = "headship.project"
    label = "project"
