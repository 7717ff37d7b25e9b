"""Excellent practice, shown with consent."""

import django.db.models.deletion
from django.db import migrations, models

import headship.appraisal.staff_choices


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0014_staff_course"),
        ("people", "0005_seal_second_steps"),
        ("schools", "0004_national_grades"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExcellentPractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("once", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("words", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(default=headship.appraisal.staff_choices.PracticeState["ASKED"], max_length=10),
                ),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "state", "-asked_on"], name="appraisal_practice_shown")],
                "constraints": [models.UniqueConstraint(fields=("school", "once"), name="appraisal_practice_once")],
            },
        ),
    ]
