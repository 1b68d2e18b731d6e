"""Products that are one: re-posts and re-cut clips counted once, editions in other languages tied to their story."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean
from loa.ledger.actions import record
from loa.people.models import Account

from .. import likeness, policies
from ..events import StoriesKeptApart, StoryJoined, StoryParted, TranslationBegun
from ..models import LikenessDecision, Story, StoryBand
from .stating import pass_facts_on
from .writing import draft, locked


def take_bands(story: Story) -> None:
    """Keep what finds stories that are like this one; at each publication, for the words may have changed."""
    found = likeness.bands(likeness.pieces(" ".join(story.editions.values())))
    StoryBand.objects.filter(story=story).delete()
    StoryBand.objects.bulk_create([StoryBand(story=story, band=n, value=value) for n, value in enumerate(found)])


@transaction.atomic
def join(copy: Story, *, to: Story, reason: str, by: Account, at: datetime) -> None:
    """Count `copy` as one product with `to`, which was out first, from now on; no other product's count changes."""
    copy, to, reason = locked(copy), locked(to), clean(reason)
    _check_pair(copy, to, reason, by=by, at=at)
    if to.same_as_id or copy.same_as_id:
        raise Refused(_("One of the two is counted with another story already."))
    if (to.published_on, to.pk) > (copy.published_on, copy.pk):
        raise Refused(_("The one that was out first stays: join the later one to it."))
    Story.objects.filter(same_as=copy, joined_as=Story.Joined.COPY).update(same_as=to)
    copy.same_as, copy.joined_at, copy.joined_as = to, at, Story.Joined.COPY
    copy.save(update_fields=["same_as", "joined_at", "joined_as"])
    _decide(copy, to, together=True, reason=reason, by=by, at=at)
    record(StoryJoined(subject=copy.ref, unit_id=copy.unit_id, to_id=to.pk), by=by, at=at, evidence=[to.ref])


@transaction.atomic
def part(copy: Story, *, reason: str, by: Account, at: datetime) -> None:
    """They were two after all: both count again."""
    copy, reason = locked(copy), clean(reason)
    if copy.same_as is None or copy.joined_as != Story.Joined.COPY:
        raise Refused(_("This story is counted by itself."))
    to = copy.same_as
    _check_pair(copy, to, reason, by=by, at=at)
    copy.same_as, copy.joined_at, copy.joined_as = None, None, ""
    copy.save(update_fields=["same_as", "joined_at", "joined_as"])
    _decide(copy, to, together=False, reason=reason, by=by, at=at)
    record(StoryParted(subject=copy.ref, unit_id=copy.unit_id, from_id=to.pk), by=by, at=at)


@transaction.atomic
def keep_apart(one: Story, *, other: Story, reason: str, by: Account, at: datetime) -> None:
    """They look alike and are two products; the suggestion does not come again."""
    one, other, reason = locked(one), locked(other), clean(reason)
    _check_pair(one, other, reason, by=by, at=at)
    if other.pk in (one.same_as_id, one.pk) or one.pk == other.same_as_id:
        raise Refused(_("These two are counted as one. Part them first."))
    _decide(one, other, together=False, reason=reason, by=by, at=at)
    record(StoriesKeptApart(subject=one.ref, unit_id=one.unit_id, other_id=other.pk), by=by, at=at)


def _check_pair(one: Story, other: Story, reason: str, *, by: Account, at: datetime) -> None:
    if one.pk == other.pk:
        raise Refused(_("A story cannot be joined to itself."))
    if not all(policies.can_join(by, story, on=today(at)) for story in (one, other)):
        raise Refused(_("Only somebody who publishes for both units decides this."))
    if one.published_on is None or other.published_on is None:
        raise Refused(_("Only stories that have been out are counted."))
    if not reason:
        raise Refused(_("Please say in a few words why; whoever checks the figures will ask."))


def _decide(one: Story, other: Story, *, together: bool, reason: str, by: Account, at: datetime) -> None:
    first, second = sorted((one, other), key=lambda story: story.pk)
    told = {"together": together, "reason": reason, "decided_by": by, "decided_at": at}
    LikenessDecision.objects.update_or_create(first=first, second=second, defaults=told)


@transaction.atomic
def begin_translation(story: Story, *, language: str, by: Account, at: datetime) -> Story:
    """A draft of the same product in another language: tied to it from the beginning, and never counted by itself."""
    story = locked(story)
    original = story.same_as if story.same_as and story.joined_as == Story.Joined.TRANSLATION else story
    if not policies.can_write(by, original, on=today(at)):
        raise Refused(_("You may write stories only for your own unit and the units below it."))
    if original.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    if language not in Story.Language or language == original.language:
        raise Refused(_("Please choose another language than that of the story."))
    if original.editions_elsewhere.filter(language=language, joined_as=Story.Joined.TRANSLATION).exists():
        raise Refused(_("There is an edition in this language already; please open that one."))
    latest = original.get_latest_revision_as_object()
    made = Story(
        unit_id=original.unit_id,
        title=latest.title,
        kind=latest.kind,
        product_type=latest.product_type,
        language=language,
        summary=latest.summary,
        short=latest.short,
        deep=latest.deep,
        question=latest.question,
        photo=latest.photo,
        media_url=latest.media_url,
        media_text=latest.media_text,
        consent=latest.consent,
        issue=latest.issue,
        synthetic=original.synthetic,
        same_as=original,
        joined_at=at,
        joined_as=Story.Joined.TRANSLATION,
    )
    made.themes = list(latest.themes.all())
    draft(made, by=by, at=at)
    pass_facts_on(original, to=made, by=by, at=at)
    record(TranslationBegun(subject=made.ref, unit_id=made.unit_id, of_id=original.pk, language=language), by=by, at=at)
    return made
