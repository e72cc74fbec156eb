"""Posts wished for, followers in bands, a map of the place, and scans by the hour."""
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0004_consent_on_record'),
        ('committees', '0002_units_to_search'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='scan',
            name='one_count_a_link_and_day',
        ),
        migrations.RemoveConstraint(
            model_name='scan',
            name='scans_are_counted',
        ),
        migrations.AddField(
            model_name='application',
            name='followers',
            field=models.CharField(blank=True, choices=[('0-500', 'up to 500'), ('500-2k', '500 to 2,000'), ('2k-10k', '2,000 to 10,000'), ('10k+', 'more than 10,000')], max_length=6, verbose_name='followers'),
        ),
        migrations.AddField(
            model_name='application',
            name='wishes',
            field=models.JSONField(blank=True, default=list, verbose_name='posts wished for, the dearest first'),
        ),
        migrations.AddField(
            model_name='drive',
            name='interview_map',
            field=models.URLField(blank=True, max_length=300, verbose_name='map of the interview place'),
        ),
        migrations.AddField(
            model_name='drive',
            name='posts',
            field=models.ManyToManyField(blank=True, help_text='Applicants name up to three of these, the dearest first. Empty: they are not asked.', related_name='drives', to='committees.post', verbose_name='posts to choose from'),
        ),
        migrations.AddField(
            model_name='scan',
            name='devices',
            field=models.PositiveIntegerField(default=0, verbose_name='new devices'),
        ),
        migrations.AddField(
            model_name='scan',
            name='hour',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='hour'),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.UniqueConstraint(fields=('link', 'day', 'hour'), name='one_count_a_link_and_hour'),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', models.F('devices')), ('hour__lt', 24)), name='scans_are_counted_by_the_hour'),
        ),
    ]
