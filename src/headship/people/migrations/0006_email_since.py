"""Since when somebody's address is the one it is: whoever changes it could read what is sent there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_seal_second_steps")]

    operations = [
        migrations.AddField(model_name="person", name="email_since", field=models.DateTimeField(null=True)),
    ]
