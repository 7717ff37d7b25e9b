"""Migrations that a running older version survives: what is taken away or tightened is declared in two steps.

While a server is brought up to date, the old version runs beside the new database for a while. A column that goes, is
renamed or suddenly must be filled breaks it. Such a step comes in a release of its own, after one that no longer needs
the column; the migration then says so: `two_steps = "not read or written since 0007_words_elsewhere"`.
"""

import importlib

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.house.source import SOURCE, shown

# Made before there was any version that somebody could still be running.
FOUNDATION = {
    "core.0001_chain_and_imports",
    "core.0002_audit_insert_only",
    "evidence.0001_entries_and_profile",
    "evidence.0002_reflections_append_only",
    "people.0001_accounts_and_posts",
    "project.0001_set_up",
    "schools.0001_register_and_years",
    "schools.0002_search",
    "standards.0001_frameworks",
    "standards.0002_exchange",
    "strategy.0001_decisions",
    "talent.0001_learning_notes",
}
LOADER = MigrationLoader(None)
FILES = sorted(SOURCE.glob("*/migrations/0*.py"))
GONE = (migrations.RemoveField, migrations.DeleteModel, migrations.RenameField, migrations.RenameModel)


def faults(operations, before):
    """Yield what in these operations would break the version before; `before` gives a field as that knows it."""
    made = {operation.name.lower() for operation in operations if isinstance(operation, migrations.CreateModel)}
    for operation in operations:
        table = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
        if table in made:
            continue
        if isinstance(operation, GONE):
            yield f"{operation.describe()}: the version before still uses it"
        elif isinstance(operation, migrations.AlterModelTable):
            yield f"{operation.describe()}: the version before uses the old name"
        elif isinstance(operation, migrations.AddField) and _must_be_filled(operation.field):
            yield f"{operation.describe()}: the version before writes rows without it; give it db_default or null=True"
        elif isinstance(operation, migrations.AlterField) and _is_tighter(
            before(table, operation.name), operation.field
        ):
            yield f"{operation.describe()}: it may now refuse what the version before writes"


def _is_tighter(old, new):
    """Whether a field refuses something that it took before."""
    shorter = bool(new.max_length) and (old.max_length is None or new.max_length < old.max_length)
    return (old.null and not new.null) or (new.unique and not old.unique) or shorter


def _must_be_filled(field):
    """Whether a row written by somebody who does not know the column is refused: Django drops plain defaults."""
    return not (field.null or field.many_to_many or field.has_db_default())


@pytest.mark.parametrize("path", [pytest.param(path, id=shown(path)) for path in FILES])
def test_the_version_before_survives_it(path):
    app = path.parts[-3]
    if f"{app}.{path.stem}" in FOUNDATION:
        return
    migration = importlib.import_module(f"headship.{app}.migrations.{path.stem}").Migration
    state = LOADER.project_state((app, path.stem), at_end=False)
    found = list(faults(migration.operations, lambda table, name: state.models[app, table].fields[name]))
    if found:
        told = getattr(migration, "two_steps", "")
        assert len(told) > 20, f"{shown(path)}: {found}. See docs/how-to/upgrade.md, or say why in two_steps = “…”."


TABLE = migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))])


@pytest.mark.parametrize(
    ("operations", "count"),
    [
        ([TABLE, migrations.AddField("thing", "words", models.TextField())], 0),
        ([migrations.AddField("thing", "words", models.TextField())], 1),
        ([migrations.AddField("thing", "words", models.TextField(null=True))], 0),
        ([migrations.AddField("thing", "words", models.TextField(db_default=""))], 0),
        ([migrations.AddField("thing", "words", models.TextField(default=""))], 1),
        ([migrations.RemoveField("thing", "words")], 1),
        ([migrations.RenameField("thing", "words", "said")], 1),
        ([migrations.DeleteModel("Thing")], 1),
        ([migrations.AlterField("thing", "words", models.CharField(max_length=40))], 1),
        ([migrations.AlterField("thing", "words", models.CharField(max_length=20, null=True))], 1),
        ([migrations.AlterField("thing", "words", models.CharField(max_length=60, null=True))], 0),
        ([migrations.RenameModel("Thing", "Other")], 1),
        ([migrations.AddIndex("thing", models.Index(fields=["id"], name="thing_id"))], 0),
    ],
)
def test_the_rules_know_danger(operations, count):
    known = models.CharField(max_length=40, null=True)
    assert len(list(faults(operations, lambda table, name: known))) == count
