from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0008_texts_in_force'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='noticetemplate',
            name='is_on',
        ),
        migrations.AddConstraint(
            model_name='noticetemplate',
            constraint=models.UniqueConstraint(condition=models.Q(('approved_at__isnull', False), ('ended_at', None)), fields=('template', 'language'), name='one_text_in_force_a_template_and_language'),
        ),
        migrations.AddConstraint(
            model_name='noticetemplate',
            constraint=models.UniqueConstraint(fields=('template', 'language', 'number'), name='versions_of_a_text_are_counted'),
        ),
        migrations.AddConstraint(
            model_name='noticetemplate',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), ('made_by', None), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='two_persons_put_a_text_in_force'),
        ),
    ]
