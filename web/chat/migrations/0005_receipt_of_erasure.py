from django.db import migrations, models

import chat.models


def give_numbers(apps, schema_editor):
    """Give each erasure that is there a number of its own."""
    erasure = apps.get_model("chat", "Erasure")
    for one in erasure.objects.all():
        erasure.objects.filter(pk=one.pk).update(receipt=chat.models.new_receipt())


class Migration(migrations.Migration):
    dependencies = [("chat", "0004_orders_of_the_console")]

    operations = [
        migrations.AddField("erasure", "receipt", models.CharField(max_length=12, default="", editable=False)),
        migrations.RunPython(give_numbers, migrations.RunPython.noop),
        migrations.AlterField(
            "erasure",
            "receipt",
            models.CharField(default=chat.models.new_receipt, editable=False, max_length=12, unique=True),
        ),
    ]
