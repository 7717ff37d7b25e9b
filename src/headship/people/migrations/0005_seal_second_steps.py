"""Seal what authenticator apps and recovery codes are made from: until now it was stored as it is."""

from django.db import migrations

from headship.core.sealed import is_sealed, seal


def seal_all(apps, schema_editor):
    for held in apps.get_model("mfa", "Authenticator").objects.filter(type__in=("totp", "recovery_codes")):
        for name in ("secret", "seed"):
            if name in held.data and not is_sealed(held.data[name]):
                held.data[name] = seal(held.data[name])
        held.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("people", "0004_api_tokens"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(seal_all, migrations.RunPython.noop)]
