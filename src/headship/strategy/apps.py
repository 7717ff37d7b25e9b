"""The application `strategy`."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.strategy"
    label = "strategy"
    default_auto_field = "django.db.models.BigAutoField"
