"""The application `core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from headship.core import checks  # noqa: F401, PLC0415  # registering is its import
