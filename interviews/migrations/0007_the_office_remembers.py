"""Reasons, answers and senders that were only in the log; the ranking of a whole drive.

The guards leave while Django builds tables anew, and come back.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


now = import_module("interviews.migrations.0005_what_the_database_guards_now")
grown = import_module("interviews.migrations.0006_frozen_in_every_way")


def lift(apps, schema_editor):
    grown.backwards(apps, schema_editor)
    now.backwards(apps, schema_editor)


def guard(apps, schema_editor):
    now.forwards(apps, schema_editor)
    grown.forwards(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0008_least_shares_and_languages'),
        ('committees', '0003_the_living_tree'),
        ('interviews', '0006_frozen_in_every_way'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lift, guard),
        migrations.AddField(
            model_name='interviewday',
            name='cancelled_because',
            field=models.CharField(blank=True, max_length=250, verbose_name='why it was cancelled'),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='takes_walk_ins',
            field=models.BooleanField(default=True, verbose_name='people may come without a call'),
        ),
        migrations.AddField(
            model_name='offer',
            name='sent_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='answered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='answered'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='comes',
            field=models.BooleanField(blank=True, null=True, verbose_name='says to come'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.post', verbose_name='post'),
        ),
        migrations.AddField(
            model_name='standing',
            name='drive',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='applications.drive', verbose_name='drive'),
        ),
        migrations.AddField(
            model_name='timerequest',
            name='why',
            field=models.CharField(blank=True, max_length=200, verbose_name='why another time'),
        ),
        migrations.AlterField(
            model_name='standing',
            name='day',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='interviews.interviewday', verbose_name='day'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day', None), ('drive__isnull', False)), models.Q(('day__isnull', False), ('drive', None)), _connector='OR'), name='a_ranking_is_of_a_day_or_of_a_drive'),
        ),
        migrations.RunPython(guard, lift),
    ]
