"""The day in full: pauses, requests, standby, versions of sheets, promotions, offers, and what was shown.

Django alters a table of SQLite by building it anew, and loses its triggers: the guards leave first (``lift``) and
come back, grown, with the next migration.
"""

from datetime import datetime, time, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

guards = import_module("interviews.migrations.0002_what_the_database_guards")


def lift(apps, schema_editor):
    """All guards leave: the next migration brings them back."""
    if schema_editor.connection.vendor == "postgresql":
        guards.backwards(apps, schema_editor)
        return
    with schema_editor.connection.cursor() as cursor:
        names = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'interviews_%'")
        for (name,) in names.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def fill(apps, schema_editor):
    """Panels repeat date and place of their day, stays begin and end, conflicts belong to applications."""
    for panel in apps.get_model("interviews", "Panel").objects.select_related("day"):
        panel.date, panel.place = panel.day.date, panel.day.place_hi
        panel.save(update_fields=["date", "place"])
    for member in apps.get_model("interviews", "PanelMember").objects.all():
        member.starts_at = datetime.combine(member.date, time(0), ZoneInfo("Asia/Kolkata"))
        member.ends_at = member.starts_at + timedelta(days=1)
        member.save(update_fields=["starts_at", "ends_at"])
    seen = set()
    for conflict in apps.get_model("interviews", "Conflict").objects.select_related("interview").order_by("pk"):
        key = conflict.interview.application_id, conflict.person_id
        if key in seen:
            conflict.delete()
            continue
        seen.add(key)
        conflict.application_id = key[0]
        conflict.save(update_fields=["application"])
    interviews = apps.get_model("interviews", "Interview").objects.filter(slot__isnull=False)
    for interview in interviews.exclude(status="CANCELLED").select_related("slot", "application").iterator():
        interview.who = f"{interview.application.phone}/{interview.application.share}"
        interview.from_at, interview.to_at = interview.slot.starts_at, interview.slot.ends_at
        interview.save(update_fields=["who", "from_at", "to_at"])
    if schema_editor.connection.vendor == "postgresql":  # which alters no table while keys wait to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0006_the_day_in_full'),
        ('committees', '0002_units_to_search'),
        ('interviews', '0003_words_can_be_sealed'),
        ('portal', '0004_privacy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.CreateModel(
            name='ConflictLift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('said', 'said so'), ('own', 'own application'), ('family', 'family or same phone'), ('brought', "came by this person's QR"), ('near', 'same surname and place')], max_length=8, verbose_name='kind')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason of the conflict')),
                ('why', models.CharField(max_length=300, verbose_name='why it is set aside')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed')),
            ],
            options={
                'verbose_name': 'conflict set aside',
                'verbose_name_plural': 'conflicts set aside',
            },
        ),
        migrations.CreateModel(
            name='DayReopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=250, verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed')),
                ('dropped_at', models.DateTimeField(blank=True, null=True, verbose_name='dropped')),
            ],
            options={
                'verbose_name': 'reopening of a day',
                'verbose_name_plural': 'reopenings of days',
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(verbose_name='sent')),
                ('expires_at', models.DateTimeField(verbose_name='answer by')),
                ('takes_it', models.BooleanField(blank=True, null=True, verbose_name='takes it')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('lapsed_at', models.DateTimeField(blank=True, null=True, verbose_name='ended by silence')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'offers',
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='to')),
                ('why', models.CharField(blank=True, max_length=120, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'pause of a panel',
                'verbose_name_plural': 'pauses of panels',
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='Press',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True, verbose_name='key')),
                ('verb', models.CharField(max_length=20, verbose_name='what was pressed')),
                ('pressed_at', models.DateTimeField(verbose_name='pressed')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('answer', models.JSONField(default=dict, verbose_name='answer')),
            ],
            options={
                'verbose_name': 'press at the desk',
                'verbose_name_plural': 'presses at the desk',
            },
        ),
        migrations.CreateModel(
            name='Promotion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('rank', 'by rank and marks'), ('balance', 'representation of areas and groups'), ('skill', 'a skill the team needs'), ('experience', 'experience in the organisation'), ('seats', 'seats are full'), ('marks', 'marks are low'), ('absent', 'did not come to the interview'), ('other', 'another reason')], max_length=20, verbose_name='reason')),
                ('words', models.CharField(blank=True, max_length=250, verbose_name='reason in words')),
                ('proposed_at', models.DateTimeField(verbose_name='proposed')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved')),
                ('dropped_at', models.DateTimeField(blank=True, null=True, verbose_name='dropped')),
            ],
            options={
                'verbose_name': 'promotion from the waiting list',
                'verbose_name_plural': 'promotions from the waiting list',
            },
        ),
        migrations.CreateModel(
            name='PublicRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('rows', models.JSONField(verbose_name='rows')),
                ('digest', models.CharField(max_length=64, verbose_name='fingerprint')),
            ],
            options={
                'verbose_name': 'public record',
                'verbose_name_plural': 'public records',
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('rows', models.JSONField(verbose_name='rows')),
                ('digest', models.CharField(max_length=64, verbose_name='fingerprint')),
            ],
            options={
                'verbose_name': 'ranking as shown',
                'verbose_name_plural': 'rankings as shown',
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='TimeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wished_from', models.TimeField(blank=True, null=True, verbose_name='not before')),
                ('wished_until', models.TimeField(blank=True, null=True, verbose_name='not after')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='words to the answer')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('outcome', models.CharField(blank=True, choices=[('given', 'another time given'), ('offered', 'another time offered'), ('refused', 'no other time')], max_length=8, verbose_name='outcome')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
            ],
            options={
                'verbose_name': 'request for another time',
                'verbose_name_plural': 'requests for another time',
                'ordering': ['asked_at'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='conflict',
            name='one_conflict_a_person_and_interview',
        ),
        migrations.RemoveConstraint(
            model_name='panel',
            name='one_panel_a_room',
        ),
        migrations.RemoveConstraint(
            model_name='panelmember',
            name='nobody_sits_in_two_rooms',
        ),
        migrations.RemoveConstraint(
            model_name='scoresheet',
            name='one_sheet_a_panelist_and_interview',
        ),
        migrations.AddField(
            model_name='conflict',
            name='application',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='applications.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='conflict',
            name='kind',
            field=models.CharField(choices=[('said', 'said so'), ('own', 'own application'), ('family', 'family or same phone'), ('brought', "came by this person's QR"), ('near', 'same surname and place')], default='said', max_length=8, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='decision',
            name='place',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='place on the waiting list'),
        ),
        migrations.AddField(
            model_name='decision',
            name='post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='committees.post', verbose_name='for the post'),
        ),
        migrations.AddField(
            model_name='interview',
            name='called_place',
            field=models.CharField(blank=True, max_length=200, verbose_name='place in the last call'),
        ),
        migrations.AddField(
            model_name='interview',
            name='from_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='interview',
            name='last_called_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='last called in'),
        ),
        migrations.AddField(
            model_name='interview',
            name='placed_because',
            field=models.JSONField(blank=True, default=list, verbose_name='why this time'),
        ),
        migrations.AddField(
            model_name='interview',
            name='priority',
            field=models.CharField(blank=True, choices=[('disabled', 'person with disability'), ('senior', 'senior citizen'), ('pregnant', 'pregnant'), ('child', 'with a small child'), ('far', 'came from far')], max_length=8, verbose_name='goes first'),
        ),
        migrations.AddField(
            model_name='interview',
            name='priority_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='let first by'),
        ),
        migrations.AddField(
            model_name='interview',
            name='standby',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='place on the standby list'),
        ),
        migrations.AddField(
            model_name='interview',
            name='standby_called_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='called from standby'),
        ),
        migrations.AddField(
            model_name='interview',
            name='times_called',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='times called in'),
        ),
        migrations.AddField(
            model_name='interview',
            name='to_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='interview',
            name='walked_in',
            field=models.BooleanField(default=False, verbose_name='came without a call'),
        ),
        migrations.AddField(
            model_name='interview',
            name='who',
            field=models.CharField(blank=True, editable=False, max_length=16),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='cancelled_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='cancelled at'),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='choose_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='choosing ends'),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='fill_seed',
            field=models.CharField(blank=True, editable=False, max_length=8, verbose_name='seed of the last filling'),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='frozen_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='results frozen'),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='lets_choose',
            field=models.BooleanField(default=False, verbose_name='applicants may choose a free time'),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='turnout',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: as learned from the days before.', null=True, verbose_name='expected turnout in percent'),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='interviewday',
            name='woman_on_panel',
            field=models.BooleanField(default=False, verbose_name='a woman on each panel'),
        ),
        migrations.AddField(
            model_name='panel',
            name='closes',
            field=models.TimeField(blank=True, null=True, verbose_name='to'),
        ),
        migrations.AddField(
            model_name='panel',
            name='date',
            field=models.DateField(null=True, editable=False, verbose_name='date'),
        ),
        migrations.AddField(
            model_name='panel',
            name='opens',
            field=models.TimeField(blank=True, null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='panel',
            name='place',
            field=models.CharField(null=True, editable=False, max_length=200, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='ends_at',
            field=models.DateTimeField(null=True, verbose_name='to'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='speaks',
            field=models.JSONField(blank=True, default=list, verbose_name='languages'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='starts_at',
            field=models.DateTimeField(null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='told_as',
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='panelmember',
            name='told_version',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='score',
            name='saved_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='saved'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='agreed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='agreed'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed by'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='copied by'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='late_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='why it came late'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='replaces',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='interviews.scoresheet', verbose_name='corrects'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='said_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='time on the device'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='set_aside',
            field=models.JSONField(blank=True, default=list, verbose_name='marks of another device'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='source',
            field=models.CharField(choices=[('screen', 'on the screen'), ('paper', 'from paper')], default='screen', max_length=6, verbose_name='written'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='version',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='scoresheet',
            name='why_new',
            field=models.CharField(blank=True, max_length=250, verbose_name='reason of the correction'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='conflict',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='applications.application', verbose_name='application'),
        ),
        migrations.AlterField(
            model_name='panel',
            name='date',
            field=models.DateField(editable=False, verbose_name='date'),
        ),
        migrations.AlterField(
            model_name='panel',
            name='place',
            field=models.CharField(editable=False, max_length=200, verbose_name='place'),
        ),
        migrations.AlterField(
            model_name='panelmember',
            name='ends_at',
            field=models.DateTimeField(verbose_name='to'),
        ),
        migrations.AlterField(
            model_name='panelmember',
            name='starts_at',
            field=models.DateTimeField(verbose_name='from'),
        ),
        migrations.RemoveField(
            model_name='conflict',
            name='interview',
        ),
        migrations.RemoveField(
            model_name='panelmember',
            name='date',
        ),
        migrations.AddConstraint(
            model_name='conflict',
            constraint=models.UniqueConstraint(fields=('application', 'person'), name='one_conflict_a_person_and_application'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.UniqueConstraint(fields=('day', 'standby'), name='one_person_a_place_on_standby'),
        ),
        migrations.AddConstraint(
            model_name='interview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_at', None), ('to_at', None)), models.Q(('from_at__isnull', False), ('to_at__gt', models.F('from_at'))), _connector='OR'), name='an_interview_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='interviewday',
            constraint=models.CheckConstraint(condition=models.Q(('turnout', None), models.Q(('turnout__gte', 1), ('turnout__lte', 100)), _connector='OR'), name='a_turnout_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='panel',
            constraint=models.UniqueConstraint(fields=('date', 'place', 'room'), name='one_panel_a_room'),
        ),
        migrations.AddConstraint(
            model_name='panelmember',
            constraint=models.UniqueConstraint(fields=('panel', 'person', 'starts_at'), name='one_row_a_stay_on_a_panel'),
        ),
        migrations.AddConstraint(
            model_name='panelmember',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_stay_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='scoresheet',
            constraint=models.UniqueConstraint(fields=('interview', 'panelist', 'version'), name='one_sheet_a_panelist_interview_and_version'),
        ),
        migrations.AddConstraint(
            model_name='scoresheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('version', 1)), models.Q(('replaces__isnull', False), ('version__gt', 1), models.Q(('why_new', ''), _negated=True)), _connector='OR'), name='a_correction_names_what_it_corrects_and_why'),
        ),
        migrations.AddConstraint(
            model_name='scoresheet',
            constraint=models.CheckConstraint(condition=models.Q(('source', 'screen'), ('entered_by__isnull', False), _connector='OR'), name='somebody_copied_a_paper_sheet'),
        ),
        migrations.AddConstraint(
            model_name='scoresheet',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by', None), models.Q(('checked_by', models.F('entered_by')), _negated=True), _connector='OR'), name='two_people_copy_a_sheet'),
        ),
        migrations.AddField(
            model_name='conflictlift',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed by'),
        ),
        migrations.AddField(
            model_name='conflictlift',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lifts', to='applications.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='conflictlift',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='conflictlift',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lifts', to='portal.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='dayreopening',
            name='agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed by'),
        ),
        migrations.AddField(
            model_name='dayreopening',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='dayreopening',
            name='day',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reopenings', to='interviews.interviewday', verbose_name='day'),
        ),
        migrations.AddField(
            model_name='offer',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='offer', to='interviews.decision', verbose_name='decision'),
        ),
        migrations.AddField(
            model_name='pause',
            name='panel',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='interviews.panel', verbose_name='panel'),
        ),
        migrations.AddField(
            model_name='pause',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.person', verbose_name='only this person'),
        ),
        migrations.AddField(
            model_name='press',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='press',
            name='day',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presses', to='interviews.interviewday', verbose_name='day'),
        ),
        migrations.AddField(
            model_name='press',
            name='interview',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='interviews.interview', verbose_name='interview'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='approved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promotions', to='interviews.decision', verbose_name='decision'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
        ),
        migrations.AddField(
            model_name='publicrecord',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='publicrecord',
            name='drive',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='applications.drive', verbose_name='drive'),
        ),
        migrations.AddField(
            model_name='standing',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='standing',
            name='day',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standings', to='interviews.interviewday', verbose_name='day'),
        ),
        migrations.AddField(
            model_name='timerequest',
            name='interview',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='interviews.interview', verbose_name='interview'),
        ),
        migrations.AddField(
            model_name='timerequest',
            name='offered',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='interviews.slot', verbose_name='offered time'),
        ),
        migrations.AddField(
            model_name='timerequest',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by'),
        ),
        migrations.AddConstraint(
            model_name='conflictlift',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='two_people_set_a_conflict_aside'),
        ),
        migrations.AddConstraint(
            model_name='conflictlift',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='setting_a_conflict_aside_needs_words'),
        ),
        migrations.AddConstraint(
            model_name='dayreopening',
            constraint=models.UniqueConstraint(condition=models.Q(('agreed_at', None), ('dropped_at', None)), fields=('day',), name='one_open_reopening_a_day'),
        ),
        migrations.AddConstraint(
            model_name='dayreopening',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_reopening_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='dayreopening',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='two_people_reopen_a_day'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at'))), name='an_offer_leaves_time'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('takes_it', None)), models.Q(('answered_at__isnull', False), ('takes_it__isnull', False)), _connector='OR'), name='an_answer_has_a_time'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='a_pause_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_at', None), ('person', None)), fields=('panel',), name='one_open_pause_a_panel'),
        ),
        migrations.AddConstraint(
            model_name='promotion',
            constraint=models.UniqueConstraint(condition=models.Q(('dropped_at', None)), fields=('decision',), name='one_promotion_a_decision'),
        ),
        migrations.AddConstraint(
            model_name='promotion',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='two_people_promote'),
        ),
        migrations.AddConstraint(
            model_name='timerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('interview',), name='one_open_request_an_interview'),
        ),
    ]
