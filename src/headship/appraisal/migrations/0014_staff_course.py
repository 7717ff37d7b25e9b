"""The course of somebody's year: reflection, statement, ratings, sealed copies."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0013_staff_cycles"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffReflection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("words", models.TextField()),
                ("shown_on", models.DateField(null=True)),
                (
                    "year",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reflection", to="appraisal.staffyear"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("halfway", models.TextField(blank=True)),
                ("overall", models.TextField(blank=True)),
                ("needs", models.TextField(blank=True)),
                ("action", models.TextField(blank=True)),
                ("comments", models.TextField(blank=True)),
                ("commented_on", models.DateField(null=True)),
                (
                    "year",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statement", to="appraisal.staffyear"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("made_on", models.DateField()),
                ("locked", models.BooleanField()),
                ("lines", models.TextField()),
                ("salt", models.CharField(max_length=32)),
                ("seal", models.CharField(max_length=64)),
                ("opened_on", models.DateField(null=True)),
                ("because", models.CharField(blank=True, max_length=300)),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="appraisal.staffyear"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("year", "number"), name="appraisal_staff_copy_once")],
            },
        ),
        migrations.CreateModel(
            name="StaffRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reached", models.CharField(blank=True, max_length=10)),
                ("words", models.TextField(blank=True)),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="appraisal.staffpart"
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="appraisal.staffyear"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("year", "part"), name="appraisal_staff_rated_once")],
            },
        ),
    ]
