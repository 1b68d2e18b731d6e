import django.db.models.deletion
from django.db import migrations, models

import loa.newsroom.models.words

BEFORE_LAST = "INSERT INTO newsroom_storywords_fts(newsroom_storywords_fts, rowid, title, body) VALUES ('delete', OLD.story_id, OLD.title, OLD.body)"
NEW = "INSERT INTO newsroom_storywords_fts(rowid, title, body) VALUES (NEW.story_id, NEW.title, NEW.body)"
SQLITE = (
    "CREATE VIRTUAL TABLE newsroom_storywords_fts USING fts5(title, body, content='newsroom_storywords', "
    "content_rowid='story_id', detail=column, prefix='2 3', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")",
    f"CREATE TRIGGER newsroom_storywords_put AFTER INSERT ON newsroom_storywords BEGIN {NEW}; END",
    f"CREATE TRIGGER newsroom_storywords_gone AFTER DELETE ON newsroom_storywords BEGIN {BEFORE_LAST}; END",
    f"CREATE TRIGGER newsroom_storywords_changed AFTER UPDATE ON newsroom_storywords BEGIN {BEFORE_LAST}; {NEW}; END",
)
POSTGRESQL = (
    "CREATE INDEX newsroom_storywords_title ON newsroom_storywords USING gin (title)",
    "CREATE INDEX newsroom_storywords_body ON newsroom_storywords USING gin (body)",
)
SQLITE_BACK = ("DROP TABLE newsroom_storywords_fts",)  # the triggers go with their table


def put_up(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        for trigger in ("put", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER newsroom_storywords_{trigger}")
        schema_editor.execute(SQLITE_BACK[0])


class Migration(migrations.Migration):
    """The index of what is out, beside the tables of each database's own kind. Two indexes of PostgreSQL go with it."""

    dependencies = [
        ("newsroom", "0008_requests"),
        ("people", "0008_fill_account_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoryWords",
            fields=[
                ("story", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="words", serialize=False, to="newsroom.story")),
                ("at", models.DateTimeField(db_index=True)),
                ("title", loa.newsroom.models.words.WordsField()),
                ("body", loa.newsroom.models.words.WordsField()),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit")),
            ],
            options={
                "verbose_name": "index of a story",
                "verbose_name_plural": "index of stories",
                "indexes": [models.Index(fields=["unit", "-at"], name="newsroom_words_unit")],
            },
        ),
        migrations.RunPython(put_up, take_down),
    ]
