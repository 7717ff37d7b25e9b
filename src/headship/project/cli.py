"""The `headship` command."""

import os
import sys

from headship.project.demonstration.folder import prepare_environment


def main() -> None:
    """Run a management command: demo, serve, migrate, import, check and Django's own."""
    if sys.argv[1:2] == ["demo"]:
        prepare_environment(sys.argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # settings first

    execute_from_command_line(["headship", *sys.argv[1:]])
