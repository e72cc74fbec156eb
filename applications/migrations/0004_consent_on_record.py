"""Each application stands on the words its applicant was shown, kept as they were.

The first notices were kept by their number alone: their texts are empty.
"""

from hashlib import sha256

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FROZEN = "a notice that was shown stays as it is"
POSTGRES_TEXTS = f"""
CREATE FUNCTION applications_consenttext_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{FROZEN}' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER applications_consenttext_frozen BEFORE UPDATE OR DELETE ON applications_consenttext
    FOR EACH ROW EXECUTE FUNCTION applications_consenttext_is_frozen();
CREATE TRIGGER applications_consenttext_not_emptied BEFORE TRUNCATE ON applications_consenttext
    FOR EACH STATEMENT EXECUTE FUNCTION applications_consenttext_is_frozen();
"""
SQLITE_TEXTS = [
    f"CREATE TRIGGER applications_consenttext_no_{verb} BEFORE {verb} ON applications_consenttext "
    f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
    for verb in ("UPDATE", "DELETE")
]

def guard(apps, schema_editor):
    for statement in [POSTGRES_TEXTS] if schema_editor.connection.vendor == "postgresql" else SQLITE_TEXTS:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION applications_consenttext_is_frozen() CASCADE;")
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER applications_consenttext_no_{verb}")


def put_on_record(apps, schema_editor):
    """A text for each version and language that applications were given under, and the consents themselves."""
    Application = apps.get_model("applications", "Application")
    ConsentText = apps.get_model("applications", "ConsentText")
    Consent = apps.get_model("applications", "Consent")
    given = Application.objects.order_by().values_list("consent_version", "language")
    for version, language, since in given.annotate(since=models.Min("consent_at")):
        text = ConsentText.objects.create(
            version=version, language=language, body={"items": [], "rights": []}, since=since,
            digest=sha256(version.encode()).hexdigest(),
        )
        theirs = Application.objects.filter(consent_version=version, language=language)
        theirs.update(consent_text=text)
        for purpose, rows in {"application": theirs, "messages": theirs.filter(wants_messages=True)}.items():
            consents = (
                Consent(application_id=pk, purpose=purpose, text=text, given_at=at)
                for pk, at in rows.values_list("pk", "consent_at").iterator()
            )
            Consent.objects.bulk_create(consents, batch_size=2000)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table cannot be altered in this transaction


def back_to_numbers(apps, schema_editor):
    Application = apps.get_model("applications", "Application")
    for text in apps.get_model("applications", "ConsentText").objects.all():
        Application.objects.filter(consent_text=text).update(consent_version=text.version)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0003_the_form_and_the_pile'),
        ('committees', '0001_initial'),
        ('portal', '0004_privacy'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('application', 'this application'), ('messages', 'later messages')], max_length=12, verbose_name='purpose')),
                ('given_at', models.DateTimeField(verbose_name='consent given')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='consent withdrawn')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
            },
        ),
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, verbose_name='notice version')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('body', models.JSONField(verbose_name='words as shown')),
                ('digest', models.CharField(max_length=64, verbose_name='digest of the words')),
                ('since', models.DateTimeField(verbose_name='since')),
            ],
            options={
                'verbose_name': 'consent notice',
                'verbose_name_plural': 'consent notices',
                'ordering': ['-since', 'language'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='application',
            name='application_phone_has_one_spelling',
        ),
        migrations.RemoveConstraint(
            model_name='application',
            name='an_application_carries_consent',
        ),
        migrations.AddField(
            model_name='application',
            name='consent_ended_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='consent withdrawn'),
        ),
        migrations.AddField(
            model_name='application',
            name='erased_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='erased'),
        ),
        migrations.AddField(
            model_name='consent',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='applications.application', verbose_name='application'),
        ),
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.UniqueConstraint(fields=('version', 'language'), name='one_notice_a_version_and_language'),
        ),
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('version', ''), _negated=True), models.Q(('digest', ''), _negated=True)), name='a_notice_has_version_and_digest'),
        ),
        migrations.AddField(
            model_name='consent',
            name='text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='applications.consenttext', verbose_name='consent notice'),
        ),
        migrations.AddField(
            model_name='application',
            name='consent_text',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='applications.consenttext', verbose_name='consent notice'),
        ),
        migrations.RunPython(put_on_record, back_to_numbers),
        migrations.AlterField(
            model_name='application',
            name='consent_text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='applications.consenttext', verbose_name='consent notice'),
        ),
        migrations.AlterField(
            model_name='application',
            name='consent_version',
            field=models.CharField(default='', max_length=20),
        ),
        migrations.RemoveField(
            model_name='application',
            name='consent_version',
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('phone__regex', '^\\+91[6-9][0-9]{9}\\Z'), models.Q(('erased_at__isnull', False), ('phone__startswith', 'x')), _connector='OR'), name='application_phone_has_one_spelling'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), ('consent_ended_at__isnull', False), _connector='OR'), name='what_is_erased_has_no_consent'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('application', 'purpose'), name='one_standing_consent_a_purpose'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__gte', models.F('given_at')), _connector='OR'), name='a_consent_ends_after_it_was_given'),
        ),
        migrations.RunPython(guard, unguard),
    ]
