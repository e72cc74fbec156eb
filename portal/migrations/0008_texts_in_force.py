"""A text of the office that was in use is in force; one that was not is over."""

from django.db import migrations
from django.db.models import F


def put_in_force(apps, _editor):
    texts = apps.get_model("portal", "NoticeTemplate").objects
    texts.update(approved_at=F("made_at"))
    texts.filter(is_on=False).update(ended_at=F("made_at"))


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_notices_in_full")]
    operations = [migrations.RunPython(put_in_force, migrations.RunPython.noop)]
