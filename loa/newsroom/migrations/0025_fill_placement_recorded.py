from django.db import migrations

PLACED, ENDED = "newsroom.story-placed", "newsroom.placement-ended"
BATCH = 1000


def fill(apps, schema_editor):
    """When each placement was recorded and ended, as the ledger knows it."""
    Entry = apps.get_model("ledger", "Entry")
    Placement = apps.get_model("newsroom", "Placement")
    for kind, field in ((PLACED, "recorded_at"), (ENDED, "ended_at")):
        batch = []
        for data, at in Entry.objects.filter(kind=kind).order_by("pk").values_list("data", "at").iterator():
            batch.append(Placement(pk=data["placement_id"], **{field: at}))
            if len(batch) == BATCH:
                Placement.objects.bulk_update(batch, [field])
                batch = []
        Placement.objects.bulk_update(batch, [field])


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0024_placement_recorded"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
