"""Questions of a drive's own, readings, imports, merges; decisions in pencil.

Django alters a table of SQLite by building it anew, and SQLite refuses that while a trigger of a higher app asks
this table something: those triggers are lifted first and stand again, word for word, at the end.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def lift(apps, schema_editor):
    """Take the triggers that ask a table of ours away, and keep their words beside."""
    if schema_editor.connection.vendor != "sqlite":
        return
    asking = "type = 'trigger' AND sql LIKE '%applications_%'"
    schema_editor.execute(f"CREATE TEMP TABLE lifted AS SELECT name, sql FROM sqlite_master WHERE {asking}", None)
    for name, _sql in _lifted(schema_editor):
        schema_editor.execute(f"DROP TRIGGER {name}", None)


def put_back(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for _name, sql in _lifted(schema_editor):
        schema_editor.execute(sql, None)
    schema_editor.execute("DROP TABLE temp.lifted", None)


def _lifted(schema_editor):
    with schema_editor.connection.cursor() as cursor:
        return cursor.execute("SELECT name, sql FROM temp.lifted").fetchall()


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0002_newest_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lift, put_back),
        migrations.AddField(
            model_name='application',
            name='considers_below',
            field=models.BooleanField(default=False, verbose_name='may be considered for committees below'),
        ),
        migrations.AddField(
            model_name='application',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written down by'),
        ),
        migrations.AddField(
            model_name='application',
            name='extra',
            field=models.JSONField(blank=True, default=dict, verbose_name="answers to the drive's own questions"),
        ),
        migrations.AddField(
            model_name='application',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='applications.application', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='application',
            name='pencilled',
            field=models.CharField(blank=True, choices=[('SUBMITTED', 'received'), ('SHORTLISTED', 'called to an interview'), ('WAITING', 'waiting list'), ('NOT_SELECTED', 'not selected'), ('SELECTED', 'selected'), ('APPOINTED', 'appointed'), ('WITHDRAWN', 'withdrawn'), ('MERGED', 'merged into another')], max_length=12, verbose_name='decided, not yet published'),
        ),
        migrations.AddField(
            model_name='application',
            name='pencilled_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='pencilled'),
        ),
        migrations.AddField(
            model_name='application',
            name='pencilled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pencilled by'),
        ),
        migrations.AddField(
            model_name='application',
            name='pencilled_code',
            field=models.CharField(blank=True, choices=[('NO_ROOM', 'others fitted these posts better'), ('UNFINISHED', 'too little was written to judge'), ('NO_ACTIVITY', 'little activity on social media so far'), ('NOT_AREA', 'lives outside the area of this drive'), ('NOT_REACHED', 'could not be reached'), ('NO_SHOW', 'did not come to the interview'), ('OTHER', 'another reason')], max_length=12, verbose_name='kind of reason in pencil'),
        ),
        migrations.AddField(
            model_name='application',
            name='pencilled_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='reason in pencil'),
        ),
        migrations.AddField(
            model_name='application',
            name='placed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='place found by the office'),
        ),
        migrations.AddField(
            model_name='application',
            name='reason_code',
            field=models.CharField(blank=True, choices=[('NO_ROOM', 'others fitted these posts better'), ('UNFINISHED', 'too little was written to judge'), ('NO_ACTIVITY', 'little activity on social media so far'), ('NOT_AREA', 'lives outside the area of this drive'), ('NOT_REACHED', 'could not be reached'), ('NO_SHOW', 'did not come to the interview'), ('OTHER', 'another reason')], max_length=12, verbose_name='kind of reason'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='is_read',
            field=models.BooleanField(default=False, verbose_name='also marked by readers of the written application'),
        ),
        migrations.AddField(
            model_name='draft',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written down by'),
        ),
        migrations.AddField(
            model_name='drive',
            name='readers_each',
            field=models.PositiveSmallIntegerField(default=2, verbose_name='readers of each application'),
        ),
        migrations.AddField(
            model_name='drive',
            name='reads_blind',
            field=models.BooleanField(default=False, help_text='For the reading before the interviews.', verbose_name='readers see no name, photo or group'),
        ),
        migrations.AddField(
            model_name='photo',
            name='fingerprint',
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=16),
        ),
        migrations.AlterField(
            model_name='application',
            name='status',
            field=models.CharField(choices=[('SUBMITTED', 'received'), ('SHORTLISTED', 'called to an interview'), ('WAITING', 'waiting list'), ('NOT_SELECTED', 'not selected'), ('SELECTED', 'selected'), ('APPOINTED', 'appointed'), ('WITHDRAWN', 'withdrawn'), ('MERGED', 'merged into another')], default='SUBMITTED', max_length=12, verbose_name='status'),
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True, verbose_name='code')),
                ('file_name', models.CharField(max_length=160, verbose_name='file name')),
                ('content', models.BinaryField(blank=True, null=True, verbose_name='content')),
                ('mapping', models.JSONField(default=dict, verbose_name='columns')),
                ('created', models.PositiveIntegerField(default=0, verbose_name='taken in')),
                ('duplicates', models.PositiveIntegerField(default=0, verbose_name='duplicates')),
                ('skipped', models.PositiveIntegerField(default=0, verbose_name='left out')),
                ('problems', models.JSONField(default=list, verbose_name='problems')),
                ('uploaded_at', models.DateTimeField(verbose_name='uploaded')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='taken in at')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('drive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='applications.drive', verbose_name='drive')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
            },
        ),
        migrations.AddField(
            model_name='application',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='applications.importbatch', verbose_name='came with the import'),
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken', models.JSONField(default=list, verbose_name='fields taken over')),
                ('before', models.JSONField(default=dict, verbose_name='values before')),
                ('folded_status', models.CharField(blank=True, max_length=12, verbose_name='its status before')),
                ('asked_at', models.DateTimeField(verbose_name='proposed')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed to')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed to by')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('folded', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='folded_by', to='applications.application', verbose_name='folded into it')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='applications.application', verbose_name='kept')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges',
            },
        ),
        migrations.CreateModel(
            name='NotTheSame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who said so')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='applications.application', verbose_name='first')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='applications.application', verbose_name='second')),
            ],
            options={
                'verbose_name': 'not the same person',
                'verbose_name_plural': 'not the same person',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('name', 'name'), ('area', 'area'), ('about', 'about'), ('work', 'work'), ('social', 'social'), ('writing', 'writing'), ('photo', 'photo')], default='work', max_length=10, verbose_name='step')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('kind', models.CharField(choices=[('choice', 'one of several'), ('several', 'any of several'), ('line', 'a line of text'), ('text', 'a longer text'), ('number', 'a number'), ('link', 'a link'), ('file', 'a file')], default='line', max_length=8, verbose_name='kind')),
                ('label_hi', models.CharField(max_length=200, verbose_name='question in Hindi')),
                ('label_en', models.CharField(blank=True, max_length=200, verbose_name='question in English')),
                ('hint_hi', models.CharField(blank=True, max_length=300, verbose_name='hint in Hindi')),
                ('hint_en', models.CharField(blank=True, max_length=300, verbose_name='hint in English')),
                ('options_hi', models.TextField(blank=True, verbose_name='options in Hindi, one a line')),
                ('options_en', models.TextField(blank=True, verbose_name='options in English, one a line')),
                ('is_needed', models.BooleanField(default=False, verbose_name='must be answered')),
                ('least', models.PositiveIntegerField(blank=True, null=True, verbose_name='at least')),
                ('most', models.PositiveIntegerField(blank=True, null=True, verbose_name='at most')),
                ('shown_value', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='when its answer is option number')),
                ('is_for_panel', models.BooleanField(default=True, verbose_name='the panel sees the answer')),
                ('drive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='applications.drive', verbose_name='drive')),
                ('shown_when', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='opens', to='applications.question', verbose_name='shown only after')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['drive', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='file name')),
                ('media_type', models.CharField(max_length=40, verbose_name='kind of file')),
                ('content', models.BinaryField(verbose_name='content')),
                ('made_at', models.DateTimeField(verbose_name='received')),
                ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='applications.application', verbose_name='application')),
                ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='applications.draft', verbose_name='draft')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='applications.question', verbose_name='question')),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read')),
                ('note', models.CharField(blank=True, max_length=600, verbose_name='note')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='applications.application', verbose_name='application')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
            ],
            options={
                'verbose_name': 'reading',
                'verbose_name_plural': 'readings',
            },
        ),
        migrations.CreateModel(
            name='ReadingMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.PositiveSmallIntegerField(verbose_name='mark')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reading_marks', to='applications.criterion', verbose_name='criterion')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='applications.reading', verbose_name='reading')),
            ],
            options={
                'verbose_name': 'mark of a reader',
                'verbose_name_plural': 'marks of readers',
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=600, verbose_name='filter')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL, verbose_name='whose')),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='StepText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('name', 'name'), ('area', 'area'), ('about', 'about'), ('work', 'work'), ('social', 'social'), ('writing', 'writing'), ('photo', 'photo')], max_length=10, verbose_name='step')),
                ('is_on', models.BooleanField(default=True, verbose_name='is asked')),
                ('title_hi', models.CharField(blank=True, max_length=120, verbose_name='heading in Hindi')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='heading in English')),
                ('lead_hi', models.CharField(blank=True, max_length=300, verbose_name='line below it, in Hindi')),
                ('lead_en', models.CharField(blank=True, max_length=300, verbose_name='line below it, in English')),
                ('drive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_texts', to='applications.drive', verbose_name='drive')),
            ],
            options={
                'verbose_name': 'step of the form',
                'verbose_name_plural': 'steps of the form',
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('drive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='applications.drive', verbose_name='drive')),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='application',
            name='tags',
            field=models.ManyToManyField(blank=True, related_name='applications', to='applications.tag', verbose_name='tags'),
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.DateTimeField(verbose_name='closed until now')),
                ('closes_at', models.DateTimeField(verbose_name='new closing date')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='proposed')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed to')),
                ('dropped_at', models.DateTimeField(blank=True, null=True, verbose_name='dropped')),
                ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed to by')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('drive', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='applications.drive', verbose_name='drive')),
            ],
            options={
                'verbose_name': 'extension of a deadline',
                'verbose_name_plural': 'extensions of deadlines',
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('was'))), name='an_extension_gives_more_time'), models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='two_persons_extend_a_deadline'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='an_agreement_has_a_person_and_a_time'), models.UniqueConstraint(condition=models.Q(('agreed_at', None), ('dropped_at', None)), fields=('drive',), name='one_proposal_a_drive_at_a_time')],
            },
        ),
        migrations.AddConstraint(
            model_name='importbatch',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at', None), ('done_at__isnull', False), _connector='OR'), name='only_what_came_in_is_taken_back'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('folded')), _negated=True), name='a_merge_joins_two'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='two_persons_merge'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('folded',), name='folded_into_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='notthesame',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='a_pair_has_one_order'),
        ),
        migrations.AddConstraint(
            model_name='notthesame',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='one_word_a_pair'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('drive', 'order'), name='questions_stand_in_one_order'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shown_value', None), ('shown_when', None)), models.Q(('shown_value__isnull', False), ('shown_when__isnull', False)), _connector='OR'), name='a_condition_names_question_and_answer'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('least', None), ('most', None), ('least__lte', models.F('most')), _connector='OR'), name='at_least_is_not_above_at_most'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('draft', 'question'), name='one_file_a_draft_and_question'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('application', 'question'), name='one_file_an_application_and_question'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('draft__isnull', False), ('application__isnull', False), _connector='OR'), name='a_file_belongs_somewhere'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['reader', 'read_at'], name='application_reader__4159b1_idx'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('application', 'reader'), name='one_reading_a_reader'),
        ),
        migrations.AddConstraint(
            model_name='readingmark',
            constraint=models.UniqueConstraint(fields=('reading', 'criterion'), name='one_reading_mark_a_criterion'),
        ),
        migrations.AddConstraint(
            model_name='readingmark',
            constraint=models.CheckConstraint(condition=models.Q(('mark__gte', 1), ('mark__lte', 5)), name='a_reading_mark_is_one_to_five'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='one_saved_filter_a_name'),
        ),
        migrations.AddConstraint(
            model_name='steptext',
            constraint=models.UniqueConstraint(fields=('drive', 'step'), name='one_wording_a_step'),
        ),
        migrations.AddConstraint(
            model_name='steptext',
            constraint=models.CheckConstraint(condition=models.Q(('is_on', True), models.Q(('step__in', ['name', 'area']), _negated=True), _connector='OR'), name='name_and_place_are_always_asked'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(fields=('drive', 'name'), name='one_tag_a_name'),
        ),
        migrations.RunPython(put_back, lift),
    ]
