"""An index of the words schools are found by, kept up by the database itself.

On SQLite a later migration that rebuilds `schools_school` drops its triggers: let it run `make_index` again
(tests/schools/test_search.py would tell).
"""

from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE schools_words "
    "USING fts5(search_text, content='schools_school', content_rowid='id', detail=none)",
    "CREATE TRIGGER schools_words_made AFTER INSERT ON schools_school BEGIN "
    "INSERT INTO schools_words(rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER schools_words_gone AFTER DELETE ON schools_school BEGIN "
    "INSERT INTO schools_words(schools_words, rowid, search_text) VALUES ('delete', old.id, old.search_text); END",
    "CREATE TRIGGER schools_words_changed AFTER UPDATE OF search_text ON schools_school "
    "WHEN old.search_text <> new.search_text BEGIN "
    "INSERT INTO schools_words(schools_words, rowid, search_text) VALUES ('delete', old.id, old.search_text); "
    "INSERT INTO schools_words(rowid, search_text) VALUES (new.id, new.search_text); END",
    "INSERT INTO schools_words(schools_words) VALUES ('rebuild')",
)
POSTGRESQL = (
    "CREATE INDEX schools_words ON schools_school "
    "USING gin (to_tsvector('simple', search_text)) WITH (fastupdate = off)",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER schools_words_made",
        "DROP TRIGGER schools_words_gone",
        "DROP TRIGGER schools_words_changed",
        "DROP TABLE schools_words",
    ),
    "postgresql": ("DROP INDEX schools_words",),
}


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_register_and_years")]
    operations = [
        migrations.AddIndex("school", models.Index(fields=["name"], name="schools_by_name")),
        migrations.RunPython(make_index, drop_index),
    ]
