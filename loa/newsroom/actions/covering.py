"""Products that are planned: for an event or as an idea, given to somebody, written, fulfilled by publication."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account, Unit
from loa.people.policies import scope
from loa.people.roles import Ability

from .. import policies, queries
from ..events import (
    CoverageAssigned,
    CoverageBegun,
    CoverageDropped,
    CoverageFulfilled,
    CoverageMoved,
    CoveragePlanned,
    CoverageReopened,
)
from ..models import Coverage, Event, ProductType, Story, Theme
from .writing import draft, locked


@transaction.atomic
def plan_coverage(
    title: str,
    *,
    unit: Unit,
    kind: str,
    product_type: ProductType,
    event: Event | None = None,
    theme: Theme | None = None,
    words: str = "",
    due_at: datetime | None = None,
    owner: Account | None = None,
    by: Account,
    at: datetime,
) -> Coverage:
    """A product to be made for an event, or without one as an idea; `owner` makes it, if somebody is named already."""
    _check_may_plan(by, unit.pk, at=at)
    if not clean(title):
        raise Refused(_("Please say in a sentence what it tells."))
    event = Event.objects.select_for_update(of=("self",)).select_related("theme").get(pk=event.pk) if event else None
    if event is not None and event.cancelled_at:
        raise Refused(_("This event was called off. Please plan a new one."))
    planned = Coverage.objects.create(
        title=clean(title),
        words=clean_lines(words),
        unit=unit,
        event=event,
        kind=kind,
        product_type=product_type,
        theme=theme or (event.theme if event else None),
        due_at=due_at,
        planned_by=by,
    )
    fact = CoveragePlanned(subject=planned.ref, unit_id=unit.pk, event_id=event.pk if event else None)
    record(fact, by=by, at=at)
    return assign_coverage(planned, owner=owner, by=by, at=at) if owner else planned


@transaction.atomic
def repeat_coverage(event: Event, *, by: Account, at: datetime) -> list[Coverage]:
    """Plan for the coming time of a returning event what was planned for the last one: due as long before, nobody's."""
    day = today(at)
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    found = queries.repeating(event, scope(by, Ability.WRITE_STORIES, on=day), on=day)
    if found is None:
        raise Refused(_("Nothing is left to repeat: something is planned for the coming time already, or was never."))
    return [
        plan_coverage(
            line.title,
            unit=line.unit,
            kind=line.kind,
            product_type=line.product_type,
            event=event,
            theme=line.theme,
            words=line.words,
            due_at=found.due_at(line),
            by=by,
            at=at,
        )
        for line in found.lines
    ]


@transaction.atomic
def assign_coverage(planned: Coverage, *, owner: Account, by: Account, at: datetime) -> Coverage:
    """Let somebody make it who writes for its unit: oneself, or whomever one's approving lets one name."""
    planned = _open(planned, by=by, at=at)
    if owner != by and not policies.can_name_maker(by, planned.unit_id, on=today(at)):
        raise Refused(_("You may take this yourself; only who approves stories for the unit gives it to others."))
    if not policies.can_plan(owner, planned.unit_id, on=today(at)):
        raise Refused(_("This person writes no stories for this unit."))
    if planned.owner_id == owner.pk:
        return planned
    planned.owner = owner
    planned.save(update_fields=["owner"])
    record(CoverageAssigned(subject=planned.ref, unit_id=planned.unit_id, owner=owner.pk), by=by, at=at)
    return planned


@transaction.atomic
def move_coverage(planned: Coverage, *, due_at: datetime, by: Account, at: datetime) -> Coverage:
    planned = _open(planned, by=by, at=at)
    if planned.due_at == due_at:
        return planned
    fact = CoverageMoved(subject=planned.ref, unit_id=planned.unit_id, before=planned.due_at, after=due_at)
    planned.due_at = due_at
    planned.save(update_fields=["due_at"])
    record(fact, by=by, at=at)
    return planned


@transaction.atomic
def begin_coverage(planned: Coverage, *, by: Account, at: datetime) -> Story:
    """A draft with what the plan says already: title, kind, type, theme, unit. Whoever begins it makes it."""
    planned = _open(planned, by=by, at=at)
    if planned.story_id:
        raise Refused(_("A story is being written for it already."))
    story = Story(
        unit_id=planned.unit_id,
        title=planned.title,
        kind=planned.kind,
        product_type_id=planned.product_type_id,
        live=False,
    )
    if planned.theme:
        story.themes = [planned.theme]
    draft(story, by=by, at=at)
    _tie(planned, story, by=by, at=at)
    return story


@transaction.atomic
def link_coverage(planned: Coverage, *, story: Story, by: Account, at: datetime) -> Coverage:
    """Say which story it has become; one that is out fulfils it at once."""
    planned, story = _open(planned, by=by, at=at), locked(story)
    if story.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    if story.unit_id != planned.unit_id and not policies.can_write(by, story, on=today(at)):
        raise Refused(_("You may write stories only for your own unit and the units below it."))
    if planned.story_id == story.pk:
        return planned
    return _tie(planned, story, by=by, at=at)


@transaction.atomic
def drop_coverage(planned: Coverage, *, reason: str, by: Account, at: datetime) -> Coverage:
    """It will not be made; a story begun for it stays what it is."""
    planned = _open(planned, by=by, at=at)
    planned.reason = clean(reason)
    if not planned.reason:
        raise Refused(_("Please say in a few words why it is dropped."))
    planned.dropped_at = at
    planned.save(update_fields=["reason", "dropped_at"])
    record(CoverageDropped(subject=planned.ref, unit_id=planned.unit_id), by=by, at=at)
    return planned


def fulfil_coverage(story: Story, *, by: Actor, at: datetime) -> None:
    """Publication of `story` fulfils what was planned with it; called in the transaction that publishes."""
    for planned in Coverage.objects.select_for_update().filter(story=story, done_at=None, dropped_at=None):
        planned.done_at = at
        planned.save(update_fields=["done_at"])
        fact = CoverageFulfilled(subject=planned.ref, unit_id=planned.unit_id, story_id=story.pk)
        record(fact, by=by, at=at, evidence=[story.ref])


def reopen_coverage(story: Story, *, by: Actor, at: datetime) -> None:
    """A withdrawn story does not come back: what it had fulfilled, or was to, is to be made again."""
    for planned in Coverage.objects.select_for_update().filter(story=story, dropped_at=None):
        planned.story, planned.done_at = None, None
        planned.save(update_fields=["story", "done_at"])
        fact = CoverageReopened(subject=planned.ref, unit_id=planned.unit_id, story_id=story.pk)
        record(fact, by=by, at=at)


def _tie(planned: Coverage, story: Story, *, by: Account, at: datetime) -> Coverage:
    planned.story, planned.owner = story, planned.owner or by
    planned.save(update_fields=["story", "owner"])
    record(CoverageBegun(subject=planned.ref, unit_id=planned.unit_id, story_id=story.pk), by=by, at=at)
    if story.published_on is not None:
        fulfil_coverage(story, by=by, at=at)
        planned.refresh_from_db()
    return planned


def _open(planned: Coverage, *, by: Account, at: datetime) -> Coverage:
    current = Coverage.objects.select_for_update(of=("self",)).select_related("theme").get(pk=planned.pk)
    _check_may_plan(by, current.unit_id, at=at)
    if current.done_at:
        raise Refused(_("This product is published already."))
    if current.dropped_at:
        raise Refused(_("This plan was dropped. Please make a new one."))
    return current


def _check_may_plan(by: Account, unit_id: int, *, at: datetime) -> None:
    if not policies.can_plan(by, unit_id, on=today(at)):
        raise Refused(_("You may plan only for your own unit and the units below it."))
