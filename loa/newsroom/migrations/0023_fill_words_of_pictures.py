import re
from collections import defaultdict
from html import unescape

from django.core.files.storage import default_storage
from django.db import migrations

from loa.newsroom import words
from loa.newsroom.subtitles import spoken

ALT = re.compile(r'<embed\b[^>]*\balt="([^"]*)"')


def hear(apps, schema_editor):
    """What subtitles say that are there already; a file that is gone says nothing."""
    Clip = apps.get_model("newsroom", "Clip")
    for clip in Clip.objects.exclude(subtitles="").iterator():
        try:
            with default_storage.open(clip.subtitles.name) as file:
                said = spoken(file.read().decode(errors="replace"))
        except OSError:
            continue
        Clip.objects.filter(pk=clip.pk).update(spoken=said)


def fill(apps, schema_editor):
    """What is out is found by the words of its pictures and its clip, too."""
    Story, StoryPhoto = apps.get_model("newsroom", "Story"), apps.get_model("newsroom", "StoryPhoto")
    captions = defaultdict(list)
    rows = StoryPhoto.objects.filter(story__live=True).order_by("pk")
    for story_id, caption, alt in rows.values_list("story_id", "caption", "photo__alt").iterator():
        captions[story_id] += [caption, alt]
    postgresql = schema_editor.connection.vendor == "postgresql"
    more = "array_to_tsvector(string_to_array(%s, ' '))" if postgresql else "' ' || %s"
    statement = f"UPDATE newsroom_storywords SET body = body || {more} WHERE story_id = %s"
    out = Story.objects.filter(live=True, first_published_at__isnull=False).order_by("pk")
    known = out.values_list("pk", "deep", "photo__alt", "clip__title", "clip__spoken")
    with schema_editor.connection.cursor() as cursor:
        for pk, deep, *told in known.iterator(chunk_size=500):
            texts = [*captions[pk], *map(unescape, ALT.findall(deep)), *told]
            if found := words.of_text(filter(None, texts)):
                cursor.execute(statement, [" ".join(found), pk])


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0022_own_words_and_what_clips_say")]

    operations = [
        migrations.RunPython(hear, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
