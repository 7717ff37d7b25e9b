"""Fill an empty database from a backup that was laid down, and prove it. Runs in a process of its own.

`python -m headship.project.backups.filling FOLDER`, with the new database as the configured one, so that migrations and
queries can reach no other. Ends with 0 when all is well; else prints a sentence and ends with 3.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from headship.core.errors import Unusable
from headship.project.backups import archive, snapshot
from headship.project.backups.archive import Manifest, Part
from headship.project.management.commands.migrate import owning

LAID = "laid.json"  # the manifest, as `restoring` left it beside the parts
FAULT = 3


def fill(folder: Path) -> None:
    """Make the tables as they were, fill them, prove them, and bring them up to this version. Errors: Unusable."""
    manifest = archive.manifest_of((folder / LAID).read_bytes())
    tables = {name.removeprefix(archive.TABLES): part for name, part in manifest.parts.items() if part.rows is not None}
    with owning(connection):  # before the policies, under which PostgreSQL copies no rows in
        _make_tables(manifest)
        _put_in(folder, tables, manifest)
        _compare(tables)
    call_command("migrate", interactive=False, verbosity=0)  # to this version, with its policies and grants
    _prove_whole(manifest)  # as the application, and under the policies
    connections.close_all()


def last_of_each(manifest: Manifest) -> list[tuple[str, str]]:
    """Return the migrations to go to. Errors: Unusable where one is unknown here: the backup is from later."""
    graph = MigrationExecutor(connection).loader.graph
    made = {(app, name) for app, name in manifest.migrations}
    if unknown := sorted(made - set(graph.nodes)):
        raise Unusable(
            f"The backup was made by a newer Headship ({manifest.version}): its tables follow "
            f"{'.'.join(unknown[0])}, which this one does not know. Update Headship first."
        )
    return [each for each in made if not any(child.key in made for child in graph.node_map[each].children)]


def _make_tables(manifest: Manifest) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(last_of_each(manifest))
    connections.close_all()


def _put_in(folder: Path, tables: Iterable[str], manifest: Manifest) -> None:
    """Fill the tables with the rows that were laid down, and with nothing else. Errors: Unusable."""
    with snapshot.writing() as database:
        if differing := set(database.tables()) ^ set(tables):
            raise Unusable(f"These tables are either here or in the backup, not in both: {sorted(differing)}.")
        database.empty(tables)
        for table in tables:
            database.fill(table, archive.lines(folder / archive.TABLES / table))
        database.resume(manifest.sequences)


def _compare(tables: Mapping[str, Part]) -> None:
    """Read every row again, in the database's own words. Errors: Unusable."""
    with snapshot.reading() as database:
        for table, part in tables.items():
            if archive.part_of(database.lines(table)) != part:
                raise Unusable(f"The rows of {table} came out otherwise than they were backed up.")


def _prove_whole(manifest: Manifest) -> None:
    """Check every key and every audit chain, and that each chain ends where the backup says. Errors: Unusable."""
    from headship.core import audit_records, verifier  # noqa: PLC0415  # models are there only after set-up
    from headship.core.models import ChainHead  # noqa: PLC0415  # as above

    connection.check_constraints()
    heads = list(ChainHead.objects.order_by("chain"))
    # By whichever keys its checkpoints name: on a new machine they are others, and the backup's seal says it is ours.
    if faults := [fault for head in heads for fault in next(verifier.check(audit_records.records(head.chain))).faults]:
        raise Unusable(f"The audit chain in the backup does not hold: {faults[0].what}.")
    if {str(head.chain): [head.length, bytes(head.newest_hash).hex()] for head in heads} != manifest.chains:
        raise Unusable("The audit chains do not end where the backup says they ended.")


def main() -> None:
    """Fill, and say what went wrong in a sentence."""
    import django  # noqa: PLC0415  # only where this is a process of its own

    django.setup()
    from headship.core import belt  # noqa: PLC0415  # as above

    try:
        with belt.whole_installation(because="a whole installation is put back"):
            fill(Path(sys.argv[1]))
    except Unusable as fault:
        print(fault)  # noqa: T201  # the one who started this reads it
        sys.exit(FAULT)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    main()
