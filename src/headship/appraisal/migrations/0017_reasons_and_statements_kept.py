"""A reason in whole on its line of the history, and copies of statements that were taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0016_first_days")]
    operations = [
        migrations.AddField(
            "staffchange", "because", models.CharField(blank=True, db_default="", default="", max_length=300)
        ),
        migrations.AddField("staffcopy", "stated", models.BooleanField(db_default=False, default=False)),
    ]
