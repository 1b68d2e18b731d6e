"""The voice of somebody who sent something in, as the recorded sound of the story that is made of it.

A voice can tell who somebody is, whatever name stands beside it: it is heard only where its sender said so, and no
longer once they say otherwise (Law 91/2025/QH15: consent is given for a purpose, and may be withdrawn).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account

from .. import policies, queries
from ..consent import Shown
from ..events import VoiceSilenced, VoiceUsed
from ..models import Clip, Contribution, ContributionFile, Story
from .clipping import keep_clip, silence_clip, taken_over
from .writing import draft


def let_be_heard(sent: Contribution, *, by: Account, at: datetime) -> None:
    """Give a story that was made already the recording as its sound, in a new version of its draft."""
    _check_story(sent, by=by, at=at)
    with voice_taken_over(sent, by=by, at=at) as clip, transaction.atomic():
        sent = Contribution.objects.select_for_update(of=("self",)).select_related("story").get(pk=sent.pk)
        latest = _check_story(sent, by=by, at=at)
        keep_voice(sent, clip, by=by, at=at)
        latest.clip = clip
        draft(latest, by=by, at=at)
        sent.save(update_fields=["clip"])
        note_voice(sent, by=by, at=at)


def _check_story(sent: Contribution, *, by: Account, at: datetime) -> Story:
    """The newest version of the story that was made of it."""
    if not policies.can_read_contribution(by, sent, on=today(at)):
        raise Refused(_("Only those who write stories for this unit read what is sent in to it."))
    if sent.story is None:
        raise Refused(_("Please make a story of it first."))
    latest: Story = sent.story.get_latest_revision_as_object()
    if latest.clip_id:
        raise Refused(_("The story has a clip or a sound already. You can change it in the editor."))
    if sent.story.workflow_in_progress:
        raise Refused(_("The story is being approved. Please wait, or ask to have it returned to you first."))
    return latest


@contextmanager
def voice_taken_over(sent: Contribution, *, by: Account, at: datetime) -> Iterator[Clip]:
    """The recording among the files of clips, its row not written yet; the sender's word is the proof of consent."""
    row = _agreed(sent)
    with override(settings.LANGUAGE_CODE):
        words = {"day": short_date(today(sent.received_at)), "number": sent.pk}
        proof = _("The sender agrees to be heard (contribution of %(day)s, number %(number)s)") % words
        title = _("In the voice of whoever told it, %(day)s") % words
    told = {"credit": sent.credit_name, "licence": queries.licence_of_senders(), "synthetic": sent.synthetic}
    told |= {"shown": Shown.AGREED, "consent_proof": proof}
    with row.file.open("rb") as opened:
        file = File(opened, name=Path(str(row.file.name)).name)
        with taken_over(file, unit=sent.unit, title=title, by=by, at=at, **told) as clip:
            yield clip


def keep_voice(sent: Contribution, clip: Clip, *, by: Account, at: datetime) -> None:
    """The row of the sound, as long as the sender, whose row is held, still agrees. The caller saves `sent.clip`."""
    _agreed(sent)
    keep_clip(clip, by=by, at=at)
    sent.clip = clip


def note_voice(sent: Contribution, *, by: Account, at: datetime) -> None:
    assert sent.story_id is not None
    assert sent.clip_id is not None
    fact = VoiceUsed(subject=sent.ref, unit_id=sent.unit_id, story_id=sent.story_id, clip_id=sent.clip_id)
    record(fact, by=by, at=at)


def _agreed(sent: Contribution) -> ContributionFile:
    row = sent.voice
    if row is None:
        raise Refused(_("No voice came with this contribution."))
    if not sent.voice_agreed:
        raise Refused(_("The sender did not agree to be heard: please tell it in written words alone."))
    return row


@transaction.atomic
def fall_silent(sent: Contribution, *, by: Actor, at: datetime) -> None:
    """The sender does not agree to be heard any more: nothing plays the voice. Doing it twice does nothing."""
    sent = Contribution.objects.select_for_update().get(pk=sent.pk)
    if not sent.voice_agreed:
        return
    sent.voice_agreed = False
    sent.save(update_fields=["voice_agreed"])
    record(VoiceSilenced(subject=sent.ref, unit_id=sent.unit_id), by=by, at=at)
    if sent.clip_id:
        silence_clip(sent.clip_id, by=by, at=at)
