"""The application `voice`."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Named by its full path; its label is its folder's name."""

    name = "headship.voice"
    label = "voice"
    default_auto_field = "django.db.models.BigAutoField"
