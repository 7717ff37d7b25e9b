"""Staff appraisal: cycles by group, somebody's year and their objectives."""

import django.db.models.deletion
from django.db import migrations, models

import headship.appraisal.staff_choices


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0012_head_year"),
        ("people", "0005_seal_second_steps"),
        ("schools", "0004_national_grades"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffCycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("once", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("starts_in", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("objectives_by", models.DateField()),
                ("half_by", models.DateField()),
                ("review_by", models.DateField()),
                ("statement_by", models.DateField()),
                (
                    "organiser",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("weight", models.PositiveSmallIntegerField()),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="appraisal.staffcycle"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("starts_in", models.PositiveSmallIntegerField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(default=headship.appraisal.staff_choices.StaffState["AIMING"], max_length=10),
                ),
                ("set_on", models.DateField(null=True)),
                ("half_on", models.DateField(null=True)),
                ("reviewed_on", models.DateField(null=True)),
                ("given_on", models.DateField(null=True)),
                ("completed_on", models.DateField(null=True)),
                (
                    "appraiser",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="years", to="appraisal.staffcycle"
                    ),
                ),
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
            ],
        ),
        migrations.CreateModel(
            name="StaffObjective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("once", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("words", models.CharField(max_length=300)),
                ("measure", models.CharField(blank=True, max_length=400)),
                ("reached", models.CharField(blank=True, max_length=10)),
                ("assessment", models.TextField(blank=True)),
                ("dropped_on", models.DateField(null=True)),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objectives", to="appraisal.staffyear"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("words", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="appraisal.staffyear"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="staffcycle",
            constraint=models.UniqueConstraint(fields=("school", "once"), name="appraisal_cycle_once"),
        ),
        migrations.AddConstraint(
            model_name="staffcycle",
            constraint=models.UniqueConstraint(
                fields=("school", "starts_in", "name"), name="appraisal_cycle_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffpart",
            constraint=models.UniqueConstraint(fields=("cycle", "number"), name="appraisal_part_once"),
        ),
        migrations.AddIndex(
            model_name="staffyear",
            index=models.Index(fields=["appraiser", "-starts_in"], name="appraisal_staff_appraised"),
        ),
        migrations.AddConstraint(
            model_name="staffyear",
            constraint=models.UniqueConstraint(
                fields=("school", "person", "starts_in"), name="appraisal_staff_one_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffobjective",
            constraint=models.UniqueConstraint(fields=("year", "once"), name="appraisal_staff_objective_once"),
        ),
    ]
