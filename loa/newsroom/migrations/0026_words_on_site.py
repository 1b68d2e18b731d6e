from django.db import migrations, models

ON_SITE = "ALTER TABLE newsroom_storywords ADD COLUMN on_site {type} NOT NULL DEFAULT {true}"


def add(apps, schema_editor):
    """As it is written here: Django would build SQLite's table anew, and its full-text triggers would go with the old."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(ON_SITE.format(type="boolean" if postgresql else "bool", true="true" if postgresql else "1"))


def take_away(apps, schema_editor):
    schema_editor.execute("ALTER TABLE newsroom_storywords DROP COLUMN on_site")


def fill(apps, schema_editor):
    """What is published elsewhere alone was counted among what readers find."""
    apps.get_model("newsroom", "StoryWords").objects.filter(story__on_site=False).update(on_site=False)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0025_fill_placement_recorded")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(add, take_away)],
            [migrations.AddField("storywords", "on_site", models.BooleanField(db_default=True))],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
