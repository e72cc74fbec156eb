"""The fourth try at a quiz is refused by the database too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0005_one_mark_a_person_and_session")]
    operations = [
        migrations.AddConstraint(
            model_name="quiztry",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__range", (1, 3))), name="nobody_tries_more_often"
            ),
        ),
    ]
