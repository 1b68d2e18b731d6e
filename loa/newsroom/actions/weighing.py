"""What stories have yet to say of the facts they use, weighed whenever a text or a fact changes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from loa.ledger.actions import record
from loa.ledger.facts import Actor

from .. import queries
from ..events import FactStated
from ..models import FactUse, SharedFact, Story

BATCH = 500


@transaction.atomic
def weigh_fact(fact: SharedFact, *, by: Actor, at: datetime) -> int:
    """Weigh all uses of a fact whose row is held; gives how many have yet to say how it reads now."""
    marked = 0
    keys = list(FactUse.objects.filter(fact=fact).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        uses = list(FactUse.objects.filter(pk__in=keys[start : start + BATCH]).select_related("story"))
        marked += _weigh(uses, by=by, at=at)
    return marked


@transaction.atomic
def weigh_story(story: Story, *, by: Actor, at: datetime) -> None:
    """Weigh all facts of a story after its text changed; its facts are held, so that none changes meanwhile unseen."""
    fact_ids = list(FactUse.objects.filter(story=story).values_list("fact_id", flat=True))
    if not fact_ids:
        return
    hold(fact_ids)
    _weigh(list(FactUse.objects.filter(story=story).select_related("story")), by=by, at=at)


def hold(fact_ids: Iterable[int]) -> list[SharedFact]:
    """The facts as they are now, held until the end of the transaction, always in the same order."""
    held = SharedFact.objects.select_for_update(no_key=True).filter(pk__in=list(fact_ids))
    return list(held.order_by("pk"))


def _weigh(uses: list[FactUse], *, by: Actor, at: datetime) -> int:
    known = queries.readings({use.fact_id for use in uses})
    texts = queries.texts_of({use.story_id: use.story for use in uses}.values())
    for use in uses:
        owed = use.owing_id
        _weigh_one(use, known[use.fact_id], texts[use.story_id])
        if owed and not use.owing_id:
            fact = FactStated(
                subject=use.story.ref, unit_id=use.story.unit_id, fact_id=use.fact_id, version_id=use.version_id
            )
            record(fact, by=by, at=at)
    FactUse.objects.bulk_update(uses, ["owing", "wrong", "ready", "version"], batch_size=BATCH)
    return sum(1 for use in uses if use.owing_id)


def _weigh_one(use: FactUse, reads: queries.Reading, texts: queries.Texts) -> None:
    """A text that was chosen for the value as it reads now may leave it out; it may not say a former one."""
    found = reads.of(texts.public or texts.draft or {})
    says_former = any(one.former for one in found.editions)
    owes = says_former or (not found.settled and use.version_id != reads.now.pk)
    if found.settled:
        use.version = reads.now
    use.owing = reads.now if owes and use.kept_id != reads.now.pk else None
    use.wrong = bool(use.owing_id) and found.wrong
    use.ready = bool(use.owing_id and texts.public and texts.draft) and reads.of(texts.draft or {}).settled
