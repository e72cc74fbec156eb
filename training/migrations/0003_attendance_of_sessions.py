"""Room for marks at sessions; the marks that are there get theirs in the next step."""

import django.db.models.deletion
import portal.models.people
from django.conf import settings
from django.db import migrations, models

HOW = [
    ("tap", "ticked on the list"),
    ("qr", "scanned the code at the door"),
    ("pass", "showed the pass"),
    ("paper", "signed on paper"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0002_series_and_quizzes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            model_name="session",
            name="door_key",
            field=models.CharField(default=portal.models.people.new_link_key, editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="batch_of",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="training.series",
                verbose_name="the person's batch of the series",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(fields=("batch_of", "person"), name="one_batch_of_a_series_a_person"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="session",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendances",
                to="training.session",
                verbose_name="session",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="how",
            field=models.CharField(choices=HOW, default="tap", max_length=8, verbose_name="how"),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendances",
                to="training.enrolment",
                verbose_name="enrolment",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="marked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="marked by",
            ),
        ),
    ]
