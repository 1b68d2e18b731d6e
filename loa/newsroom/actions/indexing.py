"""What is out can be found: the index is written with the publication, in its transaction."""

from collections.abc import Iterable, Mapping

from loa.base.dates import today

from .. import queries, words
from ..models import Story, StoryWords


def make_findable(stories: Iterable[Story]) -> None:
    """Write these stories, which are out, into the index, or anew."""
    out = [story for story in stories if story.first_published_at]
    texts = queries.all_texts(out)
    rows = [_row(story, texts[story.pk]) for story in out]
    StoryWords.objects.filter(story__in=[row.story_id for row in rows]).delete()
    StoryWords.objects.bulk_create(rows, batch_size=200)


def forget(story: Story) -> None:
    StoryWords.objects.filter(story=story).delete()


def _row(story: Story, texts: Mapping[str, str]) -> StoryWords:
    assert story.first_published_at is not None
    marks = words.marks_of_story(
        theme_ids=[theme.pk for theme in story.themes.all()],
        type_id=story.product_type_id,
        language=story.language,
        on=today(story.first_published_at),
        question=bool(story.question),
    )
    return StoryWords(
        story=story,
        unit_id=story.unit_id,
        at=story.first_published_at,
        on_site=story.on_site,
        title=" ".join([*words.of_text([story.title]), *marks]),
        body=" ".join([*words.of_text(texts.values()), *marks]),
    )
