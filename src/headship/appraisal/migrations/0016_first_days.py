"""The day on which objectives were first set, and on which support was accepted: what is known of them is kept."""

from django.db import migrations, models

WENT_ON = ("accepted", "running", "extended", "ended_well")


def fill(apps, schema_editor):
    apps.get_model("appraisal", "StaffYear").objects.update(first_set_on=models.F("set_on"))
    lines = apps.get_model("appraisal", "SupportLine").objects.filter(kind="reply").order_by("number")
    for support in apps.get_model("appraisal", "Support").objects.filter(standing__in=WENT_ON):
        support.accepted_on = lines.filter(support=support).values_list("on", flat=True).first()
        support.save(update_fields=["accepted_on"])


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0015_excellent_practice")]
    operations = [
        migrations.AddField("staffyear", "first_set_on", models.DateField(null=True)),
        migrations.AddField("support", "accepted_on", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
