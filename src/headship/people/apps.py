"""The application `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
