"""Rules that are fixed before the marks, and what to think of when giving a time."""

from django.db import migrations, models


TIES = {4: 1, 5: 2, 3: 3}  # order of a criterion → its place among what breaks ties, as it was fixed in code before


def keep_ties(apps, schema_editor):
    for order, place in TIES.items():
        apps.get_model("applications", "Criterion").objects.filter(order=order).update(tie_order=place)


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0005_what_people_wish'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='come_from',
            field=models.TimeField(blank=True, null=True, verbose_name='can come not before'),
        ),
        migrations.AddField(
            model_name='application',
            name='come_note',
            field=models.CharField(blank=True, max_length=160, verbose_name='what to think of when giving a time'),
        ),
        migrations.AddField(
            model_name='application',
            name='come_until',
            field=models.TimeField(blank=True, null=True, verbose_name='can come not after'),
        ),
        migrations.AddField(
            model_name='application',
            name='speaks',
            field=models.JSONField(blank=True, default=list, verbose_name='languages'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='tie_order',
            field=models.PositiveSmallIntegerField(blank=True, help_text='1 decides first. Empty: does not decide.', null=True, verbose_name='place among what breaks ties'),
        ),
        migrations.AddField(
            model_name='drive',
            name='ranks_by',
            field=models.CharField(choices=[('mean', 'the mean of the totals'), ('median', 'the median of the totals'), ('trimmed', 'the mean without the highest and the lowest')], default='mean', max_length=7, verbose_name='ranks by'),
        ),
        migrations.AddField(
            model_name='drive',
            name='rubric_locked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='criteria fixed'),
        ),
        migrations.RunPython(keep_ties, migrations.RunPython.noop),
    ]
