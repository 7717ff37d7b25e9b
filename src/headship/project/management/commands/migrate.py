"""`headship migrate`: Django's own, one at a time, as the owner of the tables; then row-level security anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from headship.core import belt, policies
from headship.core.alone import alone


class Command(migrate.Command):
    """Bring the database up to date."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as the owner while nobody else does; with nothing left to do, make the policies that differ anew."""
        connection = connections[options["database"]]
        role = connection.settings_dict["USER"] if settings.DATABASE_OWNER else ""  # before the owner takes its place
        with (
            alone("migrate"),
            belt.whole_installation(because="a migration rewrites the tables of every school"),
            owning(connection),
        ):
            super().handle(*args, **options)
            if connection.vendor == "postgresql" and not options["plan"] and not options["check_unapplied"]:
                self._secure(connection, role)
        if weak := policies.weakness(connection):
            self.stderr.write(weak)

    def _secure(self, connection: BaseDatabaseWrapper, role: str) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return  # stopped half-way, as asked
        made = policies.install(connection, role=role)
        self.stdout.write(f"Row-level security is up to date ({made} policies made).")


@contextmanager
def owning(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Connect as the owner of the tables for a while, where HEADSHIP_DATABASE_OWNER names one."""
    if connection.vendor != "postgresql" or not settings.DATABASE_OWNER:
        yield
        return
    before = {name: connection.settings_dict[name] for name in settings.DATABASE_OWNER}
    connection.close()
    connection.settings_dict.update(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
