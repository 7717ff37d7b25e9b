"""Who appraises is known to appraisal alone: what was named under People as well ends today, and stays as history.

Nothing is opened by it: a year of appraisal that names nobody yet still names nobody. Whoever is put into a group is
offered with whom it was.
"""

from django.db import migrations
from django.utils import timezone

ENDED = """
UPDATE people_relationship SET ends_on = CASE WHEN starts_on > %s THEN starts_on ELSE %s END
WHERE kind IN ('appraiser', 'panel_member', 'adviser') AND (ends_on IS NULL OR ends_on > %s)
"""


def end_all(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":  # let the owner reach the rows; it is forced again afterwards
        schema_editor.execute("ALTER TABLE people_relationship NO FORCE ROW LEVEL SECURITY")
    schema_editor.execute(ENDED, [timezone.localdate().isoformat()] * 3)


class Migration(migrations.Migration):
    dependencies = [("people", "0006_email_since")]
    operations = [migrations.RunPython(end_all, migrations.RunPython.noop)]
