"""Triggers that refuse to change what a reflection says, on both databases. Who may see it can change."""

from django.db import migrations

WRITTEN = "person_id, school_id, characteristic_id, state, words, next_step, next_step_by, written_at"
SQLITE = (
    f"CREATE TRIGGER evidence_reflection_kept BEFORE UPDATE OF {WRITTEN} ON evidence_reflection "
    "BEGIN SELECT RAISE(ABORT, 'reflections are never changed'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION evidence_reflection_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'reflections are never changed'; END $$",
    f"CREATE TRIGGER evidence_reflection_kept BEFORE UPDATE OF {WRITTEN} ON evidence_reflection "
    "FOR EACH ROW EXECUTE FUNCTION evidence_reflection_refuse()",
)


def create(apps, schema_editor):
    del apps
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_entries_and_profile")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
