"""Support before capability: who is supported by whom, its reviews, and the timeline."""

import django.db.models.deletion
from django.db import migrations, models

import headship.appraisal.support_choices
import headship.appraisal.support_models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0005_seal_second_steps"),
        ("schools", "0004_national_grades"),
    ]

    operations = [
        migrations.CreateModel(
            name="Support",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=headship.appraisal.support_models.any_key, primary_key=True, serialize=False
                    ),
                ),
                ("once", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("apart", models.BooleanField(default=False)),
                (
                    "standing",
                    models.CharField(default=headship.appraisal.support_choices.Standing["OFFERED"], max_length=10),
                ),
                ("offered_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
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
                    "supporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportLine",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=headship.appraisal.support_models.any_key, primary_key=True, serialize=False
                    ),
                ),
                ("once", models.UUIDField()),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("said", models.TextField(blank=True)),
                ("reply", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="appraisal.supportline",
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="appraisal.support"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("held_on", models.DateField(null=True)),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="appraisal.support"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="support",
            index=models.Index(fields=["school", "-offered_on", "-id"], name="appraisal_supports"),
        ),
        migrations.AddIndex(
            model_name="support",
            index=models.Index(fields=["person"], name="appraisal_supported"),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(fields=("school", "once"), name="appraisal_support_once"),
        ),
        migrations.AddConstraint(
            model_name="supportline",
            constraint=models.UniqueConstraint(fields=("support", "once"), name="appraisal_line_once"),
        ),
        migrations.AddConstraint(
            model_name="supportline",
            constraint=models.UniqueConstraint(fields=("support", "number"), name="appraisal_line_number"),
        ),
        migrations.AddConstraint(
            model_name="supportline",
            constraint=models.CheckConstraint(
                condition=models.Q(("said", ""), ("reply", ""), _connector="OR"), name="appraisal_line_of_one_writer"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportreview",
            constraint=models.UniqueConstraint(fields=("support", "due_on"), name="appraisal_review_a_day"),
        ),
    ]
