"""Where stories appear: on this website by themselves, elsewhere as staff write down, with a link or a photo."""

from contextlib import ExitStack
from datetime import date, datetime

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account

from .. import policies
from ..events import PlacementEnded, StoryPlaced
from ..models import Channel, Placement, Story
from .picturing import drawn, keep_photo
from .writing import locked


def place(
    story: Story,
    *,
    channel: Channel,
    placed_on: date,
    url: str = "",
    picture: File | None = None,
    by: Account,
    at: datetime,
) -> Placement:
    """Keep that a published story also appeared elsewhere, with the link or the photo that proves it."""
    story, url = Story.objects.get(pk=story.pk), url.strip()
    _check_place(story, channel=channel, placed_on=placed_on, url=url, picture=picture, by=by, at=at)
    with ExitStack() as kept:
        title = _("Evidence for: %(title)s") % {"title": story.title}
        photo = kept.enter_context(drawn(picture, unit=story.unit, title=title, uploaded_by=by)) if picture else None
        with transaction.atomic():
            story = locked(story)
            _check_place(story, channel=channel, placed_on=placed_on, url=url, picture=picture, by=by, at=at)
            if photo is not None:
                keep_photo(photo)
            placement = Placement.objects.create(
                story=story, channel=channel, url=url, photo=photo, placed_on=placed_on, recorded_by=by, recorded_at=at
            )
            _record_placed(placement, by=by, at=at)
    return placement


def _check_place(
    story: Story, *, channel: Channel, placed_on: date, url: str, picture: File | None, by: Account, at: datetime
) -> None:
    """Before a picture is written, and again when the story is held."""
    if not policies.can_place(by, story, on=today(at)):
        raise Refused(_("You may do this only for stories of your own unit and the units below it."))
    if channel.own_site:
        raise Refused(_("Publication itself puts a story on this website; there is nothing to enter."))
    if story.published_on is None or story.withdrawn_at:
        raise Refused(_("Only a story that is approved and out can appear somewhere else."))
    if not url and picture is None:
        raise Refused(_("Please give the link to where it appeared, or a photo that shows it."))
    if placed_on > today(at):
        raise Refused(_("The day it appeared cannot lie in the future."))
    if url and story.placements.standing().filter(channel=channel, url=url).exists():
        raise Refused(_("This link has been entered already."))


def _record_placed(placement: Placement, *, by: Actor, at: datetime) -> None:
    fact = StoryPlaced(
        subject=placement.story.ref,
        unit_id=placement.story.unit_id,
        placement_id=placement.pk,
        channel=placement.channel.code,
        placed_on=placement.placed_on,
    )
    photo = [f"newsroom.photo:{placement.photo_id}"] if placement.photo_id else []
    record(fact, by=by, at=at, evidence=[placement.url, *photo] if placement.url else photo)


@transaction.atomic
def remove_placement(placement: Placement, *, mistaken: bool = False, by: Account, at: datetime) -> None:
    """The story no longer stands there; one recorded by mistake never did, and stops counting."""
    placement = (
        Placement.objects.select_for_update(of=("self",)).select_related("story", "channel").get(pk=placement.pk)
    )
    if not policies.can_place(by, placement.story, on=today(at)):
        raise Refused(_("You may do this only for stories of your own unit and the units below it."))
    if placement.channel.own_site:
        raise Refused(_("To take a story off this website, withdraw it."))
    if not placement.standing:
        raise Refused(_("This placement has ended already."))
    end(placement, on=placement.placed_on if mistaken else today(at), by=by, at=at)


def end(placement: Placement, *, on: date, by: Actor, at: datetime) -> None:
    placement.ended_on = max(on, placement.placed_on)
    placement.ended_at = at
    placement.save(update_fields=["ended_on", "ended_at"])
    fact = PlacementEnded(
        subject=placement.story.ref,
        unit_id=placement.story.unit_id,
        placement_id=placement.pk,
        ended_on=placement.ended_on,
    )
    record(fact, by=by, at=at)


def place_here(story: Story, *, by: Actor, at: datetime) -> None:
    """Put a published story on this website, or take it off when it is to appear only elsewhere."""
    here = Channel.objects.filter(own_site=True).first()
    standing = story.placements.standing().filter(channel=here).first()
    if not story.on_site and standing is not None:
        end(standing, on=today(at), by=by, at=at)
    if here is None or standing is not None or not story.on_site:
        return
    placement = Placement.objects.create(story=story, channel=here, placed_on=today(at), recorded_at=at)
    _record_placed(placement, by=by, at=at)
