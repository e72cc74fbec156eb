"""A workshop of before is one session as long as itself; who was there was there at that."""

from django.db import migrations

from portal.models.people import new_link_key


def forwards(apps, schema_editor):
    Workshop, Session = apps.get_model("training", "Workshop"), apps.get_model("training", "Session")
    for workshop in Workshop.objects.filter(sessions=None).iterator():
        whole = {"starts_at": workshop.starts_at, "ends_at": workshop.ends_at}
        Session.objects.create(workshop=workshop, number=1, door_key=new_link_key(), **whole)
    for session in Session.objects.filter(number=1).iterator():
        marks = apps.get_model("training", "Attendance").objects.filter(session=None)
        marks.filter(enrolment__workshop=session.workshop_id).update(session=session)


def backwards(apps, schema_editor):
    """The step before only makes room."""


class Migration(migrations.Migration):
    dependencies = [("training", "0003_attendance_of_sessions")]
    operations = [migrations.RunPython(forwards, backwards)]
