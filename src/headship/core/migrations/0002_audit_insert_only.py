"""Triggers that refuse to change or remove an audit event, on both databases."""

from django.db import migrations

SQLITE = (
    "CREATE TRIGGER core_audit_no_update BEFORE UPDATE ON core_auditevent "
    "BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END",
    "CREATE TRIGGER core_audit_no_delete BEFORE DELETE ON core_auditevent "
    "BEGIN SELECT RAISE(ABORT, 'audit events are never removed'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit events are never changed or removed'; END $$",
    "CREATE TRIGGER core_audit_no_change BEFORE UPDATE OR DELETE ON core_auditevent "
    "FOR EACH ROW EXECUTE FUNCTION core_audit_refuse()",
    "CREATE TRIGGER core_audit_no_truncate BEFORE TRUNCATE ON core_auditevent "
    "FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse()",
)


def create(apps, schema_editor):
    del apps
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_chain_and_imports")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
