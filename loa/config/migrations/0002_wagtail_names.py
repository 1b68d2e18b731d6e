"""Vietnamese names for what Wagtail itself puts into a new database, as far as nobody has renamed it."""

from django.db import migrations

NAMES = [
    ("wagtailcore", "Page", "title", "Root", "Gốc"),
    ("wagtailcore", "Page", "draft_title", "Root", "Gốc"),
    ("wagtailcore", "Page", "title", "Welcome to your new Wagtail site!", "Trang đầu"),
    ("wagtailcore", "Page", "draft_title", "Welcome to your new Wagtail site!", "Trang đầu"),
    ("wagtailcore", "Collection", "name", "Root", "Chung"),
    ("wagtailcore", "Workflow", "name", "Moderators approval", "Duyệt trang"),
    ("wagtailcore", "Task", "name", "Moderators approval", "Người duyệt xem lại"),
    ("auth", "Group", "name", "Moderators", "Người duyệt"),
    ("auth", "Group", "name", "Editors", "Người biên tập"),
]


def name(apps, schema_editor):
    for app, model, field, english, vietnamese in NAMES:
        rows = apps.get_model(app, model).objects.using(schema_editor.connection.alias)
        rows.filter(**{field: english}).update(**{field: vietnamese})


class Migration(migrations.Migration):
    dependencies = [("config", "0001_cache_table"), ("wagtailcore", "0098_apitoken"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
