"""Triggers: a checkpoint is never changed or removed; the words beside an event may be removed, and never changed."""

from django.db import migrations

SQLITE = (
    "CREATE TRIGGER core_checkpoint_no_update BEFORE UPDATE ON core_checkpoint "
    "BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END",
    "CREATE TRIGGER core_checkpoint_no_delete BEFORE DELETE ON core_checkpoint "
    "BEGIN SELECT RAISE(ABORT, 'checkpoints are never removed'); END",
    "CREATE TRIGGER core_detail_no_update BEFORE UPDATE ON core_auditdetail "
    "BEGIN SELECT RAISE(ABORT, 'audit details are never changed'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION core_checkpoint_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'checkpoints and audit details are never changed'; END $$",
    "CREATE TRIGGER core_checkpoint_no_change BEFORE UPDATE OR DELETE ON core_checkpoint "
    "FOR EACH ROW EXECUTE FUNCTION core_checkpoint_refuse()",
    "CREATE TRIGGER core_checkpoint_no_truncate BEFORE TRUNCATE ON core_checkpoint "
    "FOR EACH STATEMENT EXECUTE FUNCTION core_checkpoint_refuse()",
    "CREATE TRIGGER core_detail_no_update BEFORE UPDATE ON core_auditdetail "
    "FOR EACH ROW EXECUTE FUNCTION core_checkpoint_refuse()",
)


def create(apps, schema_editor):
    del apps
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0005_details_and_checkpoints")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
