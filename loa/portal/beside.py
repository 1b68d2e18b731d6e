"""What stands beside a story: made once for each printing, whichever story it is for."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from loa.newsroom import queries as newsroom

from . import texts
from .explaining import Vocabulary
from .parts import Parts

if TYPE_CHECKING:
    from loa.newsroom.models import Story


def vocabulary(parts: Parts) -> Vocabulary:
    """The terms that texts explain."""
    return parts.part("vocabulary", make=lambda: Vocabulary(texts.terms()))


def read_next(story: "Story", parts: Parts, *, at: datetime) -> list[SafeString]:
    """The cards of the stories nearest to this one, in the language of the page."""
    among = parts.part("newest", story.kind, make=lambda: newsroom.newest(kind=story.kind, at=at))
    if story.topic_id:
        on_topic = parts.part("on", story.topic_id, make=lambda: newsroom.newest(topic_id=story.topic_id, at=at))
        among = [*among, *on_topic]
    nearest = newsroom.nearest(story, among)
    return parts.several("card", translation.get_language(), keys=nearest, make=lambda pks: _cards(pks, at=at))


def _cards(pks: list[int], *, at: datetime) -> dict[int, SafeString]:
    shown = newsroom.out(pks, at=at)
    return {story.pk: render_to_string("portal/_card.html", {"story": story, "level": 3}) for story in shown}
