"""A reason in whole on its line of the history, and copies of statements that were taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0016_first_days")]
    operations = [
        migrations.AddField("staffchange", "because", models.CharField(blank=True, default="", max_length=300), False),
        migrations.AddField("staffcopy", "stated", models.BooleanField(default=False)),
    ]
