"""Stories shared between units: offered, taken under a unit's own heading, declined, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account, Unit, UnitKind, UnitPlace

from .. import policies, queries
from ..events import (
    OfferEnded,
    OwnHeadingProposed,
    OwnHeadingRefused,
    OwnHeadingSet,
    SharedStoryDeclined,
    SharedStoryEnded,
    SharedStoryTaken,
    StoryOffered,
)
from ..models import Offer, SharedStory, Story
from .writing import locked


@dataclass(frozen=True, kw_only=True)
class Target:
    """To whom a story is offered."""

    unit: Unit
    reach: str = Offer.Reach.UNIT
    kind: UnitKind | None = None


@dataclass(frozen=True, kw_only=True)
class Words:
    """A unit's own heading and line for a shared story; both empty: the story's own."""

    heading: str = ""
    lead: str = ""

    def __bool__(self) -> bool:
        return bool(self.heading or self.lead)


NONE = Words()


@transaction.atomic
def offer_story(story: Story, targets: Sequence[Target], *, note: str = "", by: Account, at: datetime) -> list[Offer]:
    """Offer a story that is out to units above, below or, within one's own part, beside."""
    story = locked(story)
    if not policies.can_offer(by, story, on=today(at)):
        raise Refused(_("You may share only stories of your own unit and the units below it."))
    _check_out(story, at=at)
    if not targets:
        raise Refused(_("Please choose to whom you offer it."))
    made = [_offer(story, target, note=clean(note), by=by, at=at) for target in targets]
    if not any(made):
        raise Refused(_("They have been offered this story already."))
    return [offer for offer in made if offer]


def _offer(story: Story, target: Target, *, note: str, by: Account, at: datetime) -> Offer | None:
    """None where the same stands already."""
    if not UnitPlace.objects.on(today(at)).filter(unit=target.unit, living=True).exists():
        raise Refused(_("You may share a story only with units that still exist."))
    if not policies.can_offer_to(by, story, target.unit.pk, on=today(at)):
        raise Refused(_("A story is shared with the units above and below its own, and with those you write for."))
    if target.unit.pk == story.unit_id and target.reach == Offer.Reach.UNIT:
        raise Refused(_("The story belongs to this unit already."))
    told = {"story": story, "unit": target.unit, "reach": target.reach, "kind": target.kind}
    if Offer.objects.standing().filter(**told).exists():
        return None
    offer = Offer.objects.create(**told, note=note, offered_by=by, offered_at=at)
    fact = StoryOffered(
        subject=story.ref,
        unit_id=story.unit_id,
        offer_id=offer.pk,
        to_id=target.unit.pk,
        reach=target.reach,
        kind_id=target.kind.pk if target.kind else None,
    )
    record(fact, by=by, at=at)
    return offer


@transaction.atomic
def end_offer(offer: Offer, *, by: Account, at: datetime) -> None:
    """Offer it there no more; whoever shows it by this offer shows it no more."""
    offer = _held(offer)
    if not policies.can_offer(by, offer.story, on=today(at)):
        raise Refused(_("You may share only stories of your own unit and the units below it."))
    if not offer.standing:
        raise Refused(_("This story is not offered there any more."))
    _end_offer(offer, by=by, at=at)


def _end_offer(offer: Offer, *, by: Actor, at: datetime) -> None:
    offer.ended_at = at
    offer.save(update_fields=["ended_at"])
    record(OfferEnded(subject=offer.story.ref, unit_id=offer.story.unit_id, offer_id=offer.pk), by=by, at=at)
    for shared in offer.answers.select_for_update().filter(state=SharedStory.State.SHOWN):
        _turn(shared, SharedStory.State.ENDED, by=None, at=at)
        record(SharedStoryEnded(subject=shared.ref, unit_id=shared.unit_id, story_id=shared.story_id), by=by, at=at)


def end_sharing(story: Story, *, by: Actor, at: datetime) -> None:
    """A story that is withdrawn is offered to nobody and stands in nobody's section; called in that transaction."""
    for offer in Offer.objects.standing().select_for_update().filter(story=story).order_by("pk"):
        offer.story = story
        _end_offer(offer, by=by, at=at)


def blank_shared(story: Story) -> None:
    """The words of others about a story whose text is destroyed."""
    Offer.objects.filter(story=story).update(note="")
    none = {"heading": "", "lead": "", "worded_at": None, "owing": None, "wrong": False}
    nothing = {"proposed_heading": "", "proposed_lead": "", "proposed_by": None, "reason": ""}
    SharedStory.objects.filter(story=story).update(**none, **nothing)


@transaction.atomic
def take_story(offer: Offer, *, unit: Unit, words: Words = NONE, by: Account, at: datetime) -> SharedStory:
    """Show an offered story in the section of `unit`, under its own heading where it has one."""
    offer = _held(offer)
    _check_may_answer(offer, unit, by=by, at=at)
    _check_out(offer.story, at=at)
    shared = _answer(offer, unit)
    if shared.pk and shared.shown:
        raise Refused(_("Your unit shows this story already."))
    shared.offer = offer
    _turn(shared, SharedStory.State.SHOWN, by=by, at=at)
    record(SharedStoryTaken(subject=shared.ref, unit_id=unit.pk, story_id=offer.story_id), by=by, at=at)
    if words:
        _word(shared, words, by=by, at=at)
    return shared


@transaction.atomic
def decline_story(offer: Offer, *, unit: Unit, reason: str = "", by: Account, at: datetime) -> SharedStory:
    offer = _held(offer)
    _check_may_answer(offer, unit, by=by, at=at)
    shared = _answer(offer, unit)
    if shared.pk and shared.shown:
        raise Refused(_("Your unit shows this story already. End that first."))
    if shared.pk and shared.state == SharedStory.State.DECLINED:
        raise Refused(_("Your unit has said so already."))
    shared.offer = offer
    _turn(shared, SharedStory.State.DECLINED, reason=clean(reason), by=by, at=at)
    record(SharedStoryDeclined(subject=shared.ref, unit_id=unit.pk, story_id=offer.story_id), by=by, at=at)
    return shared


@transaction.atomic
def word_shared(shared: SharedStory, words: Words, *, by: Account, at: datetime) -> SharedStory:
    """Give a shared story another heading, stand by the one it has, or go back to the story's own."""
    shared = _shown(shared, by=by, at=at)
    _word(shared, words, by=by, at=at)
    return shared


@transaction.atomic
def decide_words(shared: SharedStory, words: Words, *, agree: bool, by: Account, at: datetime) -> SharedStory:
    """Let readers see the words that were proposed, or not; `words` are those that the decider was shown."""
    shared = _locked(shared)
    if not policies.can_agree_words(by, shared.unit_id, on=today(at)):
        raise Refused(_("Only those who approve stories for this unit decide about its own headings."))
    if shared.proposed_by_id is None:
        raise Refused(_("No heading waits for a decision here."))
    if (shared.proposed_heading, shared.proposed_lead) != (words.heading, words.lead):
        raise Refused(_("The proposal has been changed meanwhile. Please read it again."))
    if agree and shared.proposed_by_id == by.pk:
        raise Refused(_("Somebody else must agree to your own words."))
    if agree:
        _set_words(shared, words, by=by, at=at)
    else:
        _clear_proposal(shared)
        shared.save(update_fields=[*_PROPOSAL])
        record(_fact(OwnHeadingRefused, shared), by=by, at=at)
    return shared


@transaction.atomic
def end_shared(shared: SharedStory, *, by: Account, at: datetime) -> SharedStory:
    """The unit shows it no more; the story itself stays where it is."""
    shared = _shown(shared, by=by, at=at)
    _turn(shared, SharedStory.State.ENDED, by=by, at=at)
    record(_fact(SharedStoryEnded, shared), by=by, at=at)
    return shared


_WORDS = ("heading", "lead", "worded_at", "owing", "wrong")
_PROPOSAL = ("proposed_heading", "proposed_lead", "proposed_by")


def _word(shared: SharedStory, words: Words, *, by: Account, at: datetime) -> None:
    words = Words(heading=clean(words.heading), lead=clean(words.lead))
    if not words or policies.can_word(by, shared.unit_id, on=today(at)):
        _set_words(shared, words, by=by, at=at)
        return
    shared.proposed_heading, shared.proposed_lead, shared.proposed_by = words.heading, words.lead, by
    shared.save(update_fields=[*_PROPOSAL])
    record(_fact(OwnHeadingProposed, shared), by=by, at=at)


def _set_words(shared: SharedStory, words: Words, *, by: Account, at: datetime) -> None:
    """Whoever may set them has seen how the story's facts read now, so that nothing is owed any more."""
    shared.heading, shared.lead, shared.worded_at = words.heading, words.lead, at if words else None
    shared.owing, shared.wrong = None, False
    _clear_proposal(shared)
    shared.save(update_fields=[*_WORDS, *_PROPOSAL])
    fact = OwnHeadingSet(subject=shared.ref, unit_id=shared.unit_id, story_id=shared.story_id, own=bool(words))
    record(fact, by=by, at=at)


def _clear_proposal(shared: SharedStory) -> None:
    shared.proposed_heading, shared.proposed_lead, shared.proposed_by = "", "", None


def _turn(shared: SharedStory, state: str, *, reason: str = "", by: Account | None, at: datetime) -> None:
    """Into another state, without the words of the former one."""
    shared.state, shared.since, shared.decided_by, shared.reason = state, at, by, reason
    shared.heading, shared.lead, shared.worded_at, shared.owing, shared.wrong = "", "", None, None, False
    _clear_proposal(shared)
    shared.save()


def _fact(
    kind: type[OwnHeadingProposed | OwnHeadingRefused | SharedStoryEnded], shared: SharedStory
) -> OwnHeadingProposed | OwnHeadingRefused | SharedStoryEnded:
    return kind(subject=shared.ref, unit_id=shared.unit_id, story_id=shared.story_id)


def _check_out(story: Story, *, at: datetime) -> None:
    if not Story.objects.public(at).filter(pk=story.pk).exists():
        raise Refused(_("Only a story that everybody can read on this website is shared."))


def _check_may_answer(offer: Offer, unit: Unit, *, by: Account, at: datetime) -> None:
    if not policies.can_take(by, unit.pk, on=today(at)):
        raise Refused(_("Only somebody who writes for this unit decides what its section shows."))
    if not offer.standing:
        raise Refused(_("This story is not offered there any more."))
    if not queries.reaches(offer, unit.pk, on=today(at)):
        raise Refused(_("This story was not offered to this unit."))


def _answer(offer: Offer, unit: Unit) -> SharedStory:
    """What the unit said of this story before, held; or a new answer, not kept yet."""
    known = SharedStory.objects.select_for_update(of=("self",)).filter(unit=unit, story=offer.story).first()
    return known or SharedStory(unit=unit, story=offer.story)


def _shown(shared: SharedStory, *, by: Account, at: datetime) -> SharedStory:
    shared = _locked(shared)
    if not policies.can_take(by, shared.unit_id, on=today(at)):
        raise Refused(_("Only somebody who writes for this unit decides what its section shows."))
    if not shared.shown:
        raise Refused(_("Your unit does not show this story any more."))
    return shared


def _locked(shared: SharedStory) -> SharedStory:
    return SharedStory.objects.select_for_update(of=("self",)).select_related("story").get(pk=shared.pk)


def _held(offer: Offer) -> Offer:
    """The offer as it is now, held, so that ending it and answering it come one after the other."""
    return Offer.objects.select_for_update(of=("self",)).select_related("story").get(pk=offer.pk)
