"""Least shares of a drive, and notices in languages whose code has three letters (brx, doi, kok, mai, mni, sat)."""

from importlib import import_module

from django.db import migrations, models


record = import_module("applications.migrations.0004_consent_on_record")


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0007_quick_search'),
    ]

    operations = [
        migrations.RunPython(record.unguard, record.guard),
        migrations.AddField(
            model_name='drive',
            name='least_shares',
            field=models.JSONField(blank=True, help_text='Percent of those selected, by group.', null=True, verbose_name='least shares'),
        ),
        migrations.AlterField(
            model_name='consenttext',
            name='language',
            field=models.CharField(max_length=3, verbose_name='language'),
        ),
        migrations.RunPython(record.guard, record.unguard),
    ]
