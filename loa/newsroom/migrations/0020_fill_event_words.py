from django.db import migrations

from loa.base.text import fold


def fill(apps, schema_editor):
    Event = apps.get_model("newsroom", "Event")
    for event in Event.objects.filter(folded="").iterator():
        Event.objects.filter(pk=event.pk).update(folded=fold(f"{event.name} {event.venue}")[:500])


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0019_event_words")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
