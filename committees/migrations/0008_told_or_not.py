"""Who withdrew consent to messages stands in the chain and is not told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0007_messages_down_the_tree"),
    ]

    operations = [
        migrations.AlterField(
            model_name="relay",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="told"),
        ),
    ]
