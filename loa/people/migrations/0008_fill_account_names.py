"""Names of accounts opened before are found and ordered like all others."""

from django.db import migrations

from loa.base import text


def fill(apps, schema_editor):
    accounts = apps.get_model("people", "Account").objects
    for account in accounts.only("pk", "name").iterator(chunk_size=2000):
        accounts.filter(pk=account.pk).update(folded=text.fold(account.name), name_key=text.name_key(account.name))


class Migration(migrations.Migration):
    dependencies = [("people", "0007_account_names")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
