"""What happened to stories. A draft is no fact yet: Wagtail's revisions keep the drafts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StorySubmitted(Fact):
    kind: ClassVar[str] = "newsroom.story-submitted"
    revision_id: int


@dataclass(frozen=True, kw_only=True)
class StoryApproved(Fact):
    """At one step of the workflow; the last step publishes."""

    kind: ClassVar[str] = "newsroom.story-approved"
    level: str
    revision_id: int
    deputy_for: int | None = None
    """The account whose right was used by its deputy."""


@dataclass(frozen=True, kw_only=True)
class StoryReturned(Fact):
    """The remark itself stays in the workflow: it speaks of people's work."""

    kind: ClassVar[str] = "newsroom.story-returned"
    level: str
    revision_id: int


@dataclass(frozen=True, kw_only=True)
class StoryPublished(Fact):
    """`first` is false when a story that was out already was replaced by a newer text."""

    kind: ClassVar[str] = "newsroom.story-published"
    revision_id: int
    first: bool


@dataclass(frozen=True, kw_only=True)
class StoryCorrected(Fact):
    kind: ClassVar[str] = "newsroom.story-corrected"
    revision_id: int


@dataclass(frozen=True, kw_only=True)
class StoryWithdrawn(Fact):
    kind: ClassVar[str] = "newsroom.story-withdrawn"


@dataclass(frozen=True, kw_only=True)
class StoryPlaced(Fact):
    kind: ClassVar[str] = "newsroom.story-placed"
    placement_id: int
    channel: str
    placed_on: date


@dataclass(frozen=True, kw_only=True)
class PlacementEnded(Fact):
    """`ended_on` is the day it began when it had been recorded by mistake."""

    kind: ClassVar[str] = "newsroom.placement-ended"
    placement_id: int
    ended_on: date


@dataclass(frozen=True, kw_only=True)
class ListChanged(Fact):
    """Something in a list of the newsroom (its subject) was added, changed or removed, or a type got other rules."""

    kind: ClassVar[str] = "newsroom.list-changed"
    change: str


@dataclass(frozen=True, kw_only=True)
class TemplateKept(Fact):
    kind: ClassVar[str] = "newsroom.template-kept"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class TemplateRetired(Fact):
    kind: ClassVar[str] = "newsroom.template-retired"


@dataclass(frozen=True, kw_only=True)
class DeputyNamed(Fact):
    kind: ClassVar[str] = "newsroom.deputy-named"
    absentee_id: int
    deputy_id: int
    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class DeputyEnded(Fact):
    kind: ClassVar[str] = "newsroom.deputy-ended"


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Fact):
    """By a link: name and post of the person asked are with the link, not here."""

    kind: ClassVar[str] = "newsroom.approval-asked"
    link_id: int
    revision_id: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class ApprovalLinkRevoked(Fact):
    kind: ClassVar[str] = "newsroom.approval-link-revoked"
    link_id: int


@dataclass(frozen=True, kw_only=True)
class RemarkMade(Fact):
    """On a passage; what it says stays with the remark."""

    kind: ClassVar[str] = "newsroom.remark-made"
    remark_id: int
    revision_id: int


@dataclass(frozen=True, kw_only=True)
class RemarkAnswered(Fact):
    kind: ClassVar[str] = "newsroom.remark-answered"
    remark_id: int


@dataclass(frozen=True, kw_only=True)
class RemarkResolved(Fact):
    kind: ClassVar[str] = "newsroom.remark-resolved"
    remark_id: int


@dataclass(frozen=True, kw_only=True)
class StoryExpired(Fact):
    """Its time was over, as its schedule said; it still counts."""

    kind: ClassVar[str] = "newsroom.story-expired"


@dataclass(frozen=True, kw_only=True)
class StoryKilled(Fact):
    """After it was withdrawn; the evidence is the fingerprint of the last text, which is destroyed."""

    kind: ClassVar[str] = "newsroom.story-killed"


@dataclass(frozen=True, kw_only=True)
class StoryJoined(Fact):
    """A re-post is counted as one product with the story that was out first; the reason is with the decision."""

    kind: ClassVar[str] = "newsroom.story-joined"
    to_id: int


@dataclass(frozen=True, kw_only=True)
class StoryParted(Fact):
    kind: ClassVar[str] = "newsroom.story-parted"
    from_id: int


@dataclass(frozen=True, kw_only=True)
class StoriesKeptApart(Fact):
    kind: ClassVar[str] = "newsroom.stories-kept-apart"
    other_id: int


@dataclass(frozen=True, kw_only=True)
class TranslationBegun(Fact):
    kind: ClassVar[str] = "newsroom.translation-begun"
    of_id: int
    language: str


@dataclass(frozen=True, kw_only=True)
class MaterialAsked(Fact):
    """`unit_id` is the unit that is asked; what is needed stays with the request."""

    kind: ClassVar[str] = "newsroom.material-asked"
    asker_id: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class MaterialTaken(Fact):
    kind: ClassVar[str] = "newsroom.material-taken"


@dataclass(frozen=True, kw_only=True)
class MaterialDeclined(Fact):
    kind: ClassVar[str] = "newsroom.material-declined"


@dataclass(frozen=True, kw_only=True)
class MaterialAnswered(Fact):
    """With a text, or with a story that holds what was asked for."""

    kind: ClassVar[str] = "newsroom.material-answered"
    story_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MaterialWithdrawn(Fact):
    """The unit that asked needs it no more."""

    kind: ClassVar[str] = "newsroom.material-withdrawn"


@dataclass(frozen=True, kw_only=True)
class PhotoAdded(Fact):
    kind: ClassVar[str] = "newsroom.photo-added"


@dataclass(frozen=True, kw_only=True)
class PhotoDescribed(Fact):
    """`shown` says in one word whether people can be recognised and agreed; the proof stays with the picture."""

    kind: ClassVar[str] = "newsroom.photo-described"
    shown: str


@dataclass(frozen=True, kw_only=True)
class PhotoWithheld(Fact):
    """No page shows it any more: a consent ended or was taken back."""

    kind: ClassVar[str] = "newsroom.photo-withheld"


@dataclass(frozen=True, kw_only=True)
class PhotoShownAgain(Fact):
    kind: ClassVar[str] = "newsroom.photo-shown-again"


@dataclass(frozen=True, kw_only=True)
class PhotoRemoved(Fact):
    """A picture that nothing used was taken out, for the same one as `kept_id` or (None) for good."""

    kind: ClassVar[str] = "newsroom.photo-removed"
    kept_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PhotosKeptApart(Fact):
    kind: ClassVar[str] = "newsroom.photos-kept-apart"
    other_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionReceived(Fact):
    """By whoever was signed in, or by nobody in particular."""

    kind: ClassVar[str] = "newsroom.contribution-received"


@dataclass(frozen=True, kw_only=True)
class ContributionTaken(Fact):
    kind: ClassVar[str] = "newsroom.contribution-taken"


@dataclass(frozen=True, kw_only=True)
class ContributionUsed(Fact):
    kind: ClassVar[str] = "newsroom.contribution-used"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class VoiceUsed(Fact):
    """The recording that came with it is the sound of its story."""

    kind: ClassVar[str] = "newsroom.voice-used"
    story_id: int
    clip_id: int


@dataclass(frozen=True, kw_only=True)
class VoiceSilenced(Fact):
    """Its sender does not agree to be heard any more."""

    kind: ClassVar[str] = "newsroom.voice-silenced"


@dataclass(frozen=True, kw_only=True)
class ContributionDeclined(Fact):
    """The reason is with the contribution: it speaks to a person."""

    kind: ClassVar[str] = "newsroom.contribution-declined"


@dataclass(frozen=True, kw_only=True)
class ContributionErased(Fact):
    """Its text, names and files are gone; that there was one, and what became of it, stays."""

    kind: ClassVar[str] = "newsroom.contribution-erased"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClipAdded(Fact):
    kind: ClassVar[str] = "newsroom.clip-added"


@dataclass(frozen=True, kw_only=True)
class ClipDescribed(Fact):
    """As for a picture, `shown` says in one word whether people can be recognised and agreed."""

    kind: ClassVar[str] = "newsroom.clip-described"
    shown: str


@dataclass(frozen=True, kw_only=True)
class ClipReady(Fact):
    """Made ready for phones by the worker."""

    kind: ClassVar[str] = "newsroom.clip-ready"
    seconds: int


@dataclass(frozen=True, kw_only=True)
class ClipFailed(Fact):
    """It could not be made ready; the sentence why is with the clip."""

    kind: ClassVar[str] = "newsroom.clip-failed"


@dataclass(frozen=True, kw_only=True)
class ClipTriedAgain(Fact):
    kind: ClassVar[str] = "newsroom.clip-tried-again"


@dataclass(frozen=True, kw_only=True)
class ClipWithheld(Fact):
    kind: ClassVar[str] = "newsroom.clip-withheld"


@dataclass(frozen=True, kw_only=True)
class ClipShownAgain(Fact):
    kind: ClassVar[str] = "newsroom.clip-shown-again"


@dataclass(frozen=True, kw_only=True)
class EventPlanned(Fact):
    kind: ClassVar[str] = "newsroom.event-planned"
    first_on: date
    public: bool


@dataclass(frozen=True, kw_only=True)
class EventChanged(Fact):
    """`changed` names the fields."""

    kind: ClassVar[str] = "newsroom.event-changed"
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EventMoved(Fact):
    kind: ClassVar[str] = "newsroom.event-moved"
    before: date
    after: date


@dataclass(frozen=True, kw_only=True)
class EventCancelled(Fact):
    kind: ClassVar[str] = "newsroom.event-cancelled"


@dataclass(frozen=True, kw_only=True)
class CoveragePlanned(Fact):
    """A product is to be made, for an event or as an idea."""

    kind: ClassVar[str] = "newsroom.coverage-planned"
    event_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CoverageAssigned(Fact):
    kind: ClassVar[str] = "newsroom.coverage-assigned"
    owner: int


@dataclass(frozen=True, kw_only=True)
class CoverageMoved(Fact):
    kind: ClassVar[str] = "newsroom.coverage-moved"
    before: datetime | None
    after: datetime


@dataclass(frozen=True, kw_only=True)
class CoverageBegun(Fact):
    """A story is being written for it."""

    kind: ClassVar[str] = "newsroom.coverage-begun"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class CoverageFulfilled(Fact):
    """Its story is out."""

    kind: ClassVar[str] = "newsroom.coverage-fulfilled"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class CoverageReopened(Fact):
    """Its story was withdrawn, and does not come back."""

    kind: ClassVar[str] = "newsroom.coverage-reopened"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class CoverageDropped(Fact):
    kind: ClassVar[str] = "newsroom.coverage-dropped"


@dataclass(frozen=True, kw_only=True)
class StoryRescheduled(Fact):
    """An approved story appears at another time."""

    kind: ClassVar[str] = "newsroom.story-rescheduled"
    before: datetime
    after: datetime


@dataclass(frozen=True, kw_only=True)
class StoryOffered(Fact):
    """To `to_id`, to all units below it, or to both; to units of one kind only where `kind_id` says so."""

    kind: ClassVar[str] = "newsroom.story-offered"
    offer_id: int
    to_id: int
    reach: str
    kind_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class OfferEnded(Fact):
    kind: ClassVar[str] = "newsroom.offer-ended"
    offer_id: int


@dataclass(frozen=True, kw_only=True)
class SharedStoryTaken(Fact):
    kind: ClassVar[str] = "newsroom.shared-story-taken"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class SharedStoryDeclined(Fact):
    kind: ClassVar[str] = "newsroom.shared-story-declined"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class SharedStoryEnded(Fact):
    """By the unit itself, with the offer, or because the story was withdrawn."""

    kind: ClassVar[str] = "newsroom.shared-story-ended"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class OwnHeadingProposed(Fact):
    kind: ClassVar[str] = "newsroom.own-heading-proposed"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class OwnHeadingSet(Fact):
    """`own` is false when the unit went back to the story's own words."""

    kind: ClassVar[str] = "newsroom.own-heading-set"
    story_id: int
    own: bool


@dataclass(frozen=True, kw_only=True)
class OwnHeadingRefused(Fact):
    kind: ClassVar[str] = "newsroom.own-heading-refused"
    story_id: int


@dataclass(frozen=True, kw_only=True)
class SharedFactRecorded(Fact):
    """A fact that stories share was written down, with its first version."""

    kind: ClassVar[str] = "newsroom.shared-fact-recorded"
    version_id: int


@dataclass(frozen=True, kw_only=True)
class SharedFactChanged(Fact):
    """It reads otherwise from a day on; `marked` stories do not say so yet."""

    kind: ClassVar[str] = "newsroom.shared-fact-changed"
    version_id: int
    valid_from: date
    marked: int


@dataclass(frozen=True, kw_only=True)
class SharedFactFoundWrong(Fact):
    """One of its versions was never right; `marked` stories do not say the right one yet."""

    kind: ClassVar[str] = "newsroom.shared-fact-found-wrong"
    version_id: int
    corrects_id: int
    marked: int


@dataclass(frozen=True, kw_only=True)
class SharedFactRetired(Fact):
    kind: ClassVar[str] = "newsroom.shared-fact-retired"


@dataclass(frozen=True, kw_only=True)
class FactChosen(Fact):
    """A story (the subject) uses a fact."""

    kind: ClassVar[str] = "newsroom.fact-chosen"
    fact_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class FactLeftOut(Fact):
    """A story does not use the fact any more."""

    kind: ClassVar[str] = "newsroom.fact-left-out"
    fact_id: int


@dataclass(frozen=True, kw_only=True)
class FactStated(Fact):
    """A story that was marked says the value now, or is not marked any more because the fact was set right."""

    kind: ClassVar[str] = "newsroom.fact-stated"
    fact_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class FormerValueKept(Fact):
    """Somebody decided that a story stays as it is, though the fact changed; the sentence is with the use."""

    kind: ClassVar[str] = "newsroom.former-value-kept"
    fact_id: int
    version_id: int
