from django.db import migrations
from django.utils.html import strip_tags

from loa.base.dates import today
from loa.newsroom import words

TEXTS = ("title", "summary", "question", "short", "media_text")


def fill(apps, schema_editor):
    """What is out when this version comes. From then on publication does it (`actions.make_findable`)."""
    Story, StoryWords = apps.get_model("newsroom", "Story"), apps.get_model("newsroom", "StoryWords")
    out = Story.objects.filter(live=True, first_published_at__isnull=False).prefetch_related("themes")
    rows = []
    for story in out.order_by("pk").iterator(chunk_size=500):
        texts = [*(getattr(story, name) for name in TEXTS), " ".join(strip_tags(story.deep.replace("<", " <")).split())]
        marks = words.marks_of_story(
            theme_ids=[theme.pk for theme in story.themes.all()],
            type_id=story.product_type_id,
            language=story.language,
            on=today(story.first_published_at),
            question=bool(story.question),
        )
        rows.append(
            StoryWords(
                story_id=story.pk,
                unit_id=story.unit_id,
                at=story.first_published_at,
                title=" ".join([*words.of_text([story.title]), *marks]),
                body=" ".join([*words.of_text(texts), *marks]),
            )
        )
        if len(rows) == 500:
            StoryWords.objects.bulk_create(rows, batch_size=200)
            rows = []
    StoryWords.objects.bulk_create(rows, batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0009_words"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
