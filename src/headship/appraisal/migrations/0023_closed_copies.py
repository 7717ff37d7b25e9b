"""What stood when a year was closed before its end is kept, as what stands when it is locked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0022_own_rule")]
    operations = [
        migrations.AddField("staffcopy", "closed", models.BooleanField(db_default=False, default=False)),
    ]
