from importlib import import_module

from django.db import migrations


def fill_again(apps, schema_editor):
    """The index was without the words of texts as they are written; now it has them."""
    apps.get_model("newsroom", "StoryWords").objects.all().delete()
    import_module("loa.newsroom.migrations.0010_fill_words").fill(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0014_events_and_coverage")]

    operations = [migrations.RunPython(fill_again, migrations.RunPython.noop)]
