"""What stories have yet to say of the facts they use, weighed whenever a text or a fact changes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from loa.ledger.actions import record
from loa.ledger.facts import Actor

from .. import queries
from ..events import FactStated
from ..models import FactUse, SharedFact, SharedStory, Story
from ..models.stories import StoryQuerySet
from .indexing import make_findable

BATCH = 500


@transaction.atomic
def weigh_fact(fact: SharedFact, *, by: Actor, at: datetime) -> int:
    """Weigh all uses of a fact whose row is held; gives how many have yet to say how it reads now."""
    marked = 0
    keys = list(FactUse.objects.filter(fact=fact).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        uses = list(FactUse.objects.filter(pk__in=keys[start : start + BATCH]).select_related("story"))
        marked += _weigh(uses, by=by, at=at)
        _weigh_words({use.story_id for use in uses})
    return marked


@transaction.atomic
def weigh_story(story: Story, *, published: bool = False, by: Actor, at: datetime) -> None:
    """Weigh all facts of a story after its text changed; its facts are held, so that none changes meanwhile unseen.

    With its publication, readers see the sources of what it says now.
    """
    _weigh_stories([story.pk], published=published, by=by, at=at)


@transaction.atomic
def say_anew(stories: StoryQuerySet, *, by: Actor, at: datetime) -> None:
    """The words of a picture or a clip in these stories changed: they are found by the new ones, and weighed."""
    make_findable(stories.filter(live=True).prefetch_related("themes"))
    using = FactUse.objects.filter(story__in=stories.order_by().values("pk"))
    _weigh_stories(sorted(set(using.values_list("story_id", flat=True))), by=by, at=at)


def _weigh_stories(story_ids: list[int], *, published: bool = False, by: Actor, at: datetime) -> None:
    fact_ids = list(FactUse.objects.filter(story__in=story_ids).values_list("fact_id", flat=True))
    if not fact_ids:
        return
    hold(fact_ids)
    uses = list(FactUse.objects.filter(story__in=story_ids).order_by("pk").select_related("story"))
    _weigh(uses, published=published, by=by, at=at)
    _weigh_words(story_ids)


def hold(fact_ids: Iterable[int]) -> list[SharedFact]:
    """The facts as they are now, held until the end of the transaction, always in the same order."""
    held = SharedFact.objects.select_for_update(no_key=True).filter(pk__in=list(fact_ids))
    return list(held.order_by("pk"))


def _weigh(uses: list[FactUse], *, published: bool = False, by: Actor, at: datetime) -> int:
    known = queries.readings({use.fact_id for use in uses})
    texts = queries.texts_of({use.story_id: use.story for use in uses}.values())
    for use in uses:
        owed = use.owing_id
        _weigh_one(use, known[use.fact_id], texts[use.story_id], published=published)
        if owed and not use.owing_id:
            fact = FactStated(
                subject=use.story.ref, unit_id=use.story.unit_id, fact_id=use.fact_id, version_id=use.version_id
            )
            record(fact, by=by, at=at)
    FactUse.objects.bulk_update(uses, ["owing", "wrong", "ready", "version", "shown"], batch_size=BATCH)
    return sum(1 for use in uses if use.owing_id)


def _weigh_one(use: FactUse, reads: queries.Reading, texts: queries.Texts, *, published: bool) -> None:
    """A text that was chosen for the value as it reads now may leave it out; it may not say a former one.

    Nor may readers be sent to a source that was found wrong: that is mended by publishing the text again.
    """
    found = reads.of(texts.public or texts.draft or {})
    says_former = any(one.former for one in found.editions)
    owes = says_former or (not found.settled and use.version_id != reads.now.pk)
    if found.settled:
        use.version = reads.now
    if published:
        use.shown_id = use.version_id
    misquotes = use.shown_id in reads.misquoted
    decided = (use.kept_id or 0) >= (reads.latest if found.wrong or misquotes else reads.now).pk
    use.owing = reads.now if (owes or misquotes) and not decided else None
    use.wrong = bool(use.owing_id) and (found.wrong or misquotes)
    use.ready = bool(use.owing_id and texts.public) and reads.of(texts.draft or texts.public or {}).settled


def _weigh_words(story_ids: Iterable[int]) -> None:
    """Units' own words for these stories in their sections: they may say a value that changed after them."""
    shown = SharedStory.objects.filter(story__in=list(story_ids), worded_at__isnull=False)
    rows = list(shown.select_for_update().order_by("pk"))
    if not rows:
        return
    known = queries.facts_of({row.story_id for row in rows})
    for row in rows:
        row.owing, row.wrong = queries.doubt(row, known[row.story_id])
    SharedStory.objects.bulk_update(rows, ["owing", "wrong"], batch_size=BATCH)
