from django.conf import settings
from django.db import migrations

ROLES = ["viewer", "front_desk", "clinician", "developer", "admin"]


def make_roles(apps, schema_editor):
    """Make one group a role; staff from before there were roles could do everything, so they stay admins."""
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)
    admin = group.objects.get(name="admin")
    for user in apps.get_model("auth", "User").objects.filter(is_staff=True):
        user.groups.add(admin)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
