from django.db import migrations

from trust.chain import digest_of


def seal_what_is_there(apps, schema_editor):
    """Seal the entries from before there was a chain, oldest first."""
    seal, before = apps.get_model("trust", "Seal"), ""
    entries = apps.get_model("auditlog", "LogEntry").objects.order_by("pk")
    for number, entry in enumerate(entries.iterator(), start=1):
        before = digest_of(before, entry)
        seal.objects.create(number=number, entry=entry, digest=before)


class Migration(migrations.Migration):
    dependencies = [("trust", "0002_chain_holds_and_deletions")]
    operations = [migrations.RunPython(seal_what_is_there, migrations.RunPython.noop)]
