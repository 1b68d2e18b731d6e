"""Killing a story: at once, everywhere, also its text. For what must not be read again by anybody."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, fold
from loa.ledger.actions import record
from loa.people.models import Account

from .. import policies
from ..events import StoryKilled
from ..links import fingerprint
from ..models import ApprovalLink, FactUse, Remark, RemarkAnswer, Story, StoryBand
from .indexing import forget
from .publishing import withdraw
from .sharing import blank_shared
from .writing import locked

TEXTS = ("summary", "short", "question", "media_url", "media_text", "consent")


@transaction.atomic
def kill(story: Story, *, reason: str, by: Account, at: datetime) -> None:
    """Withdraw a story and its editions in other languages, and blank every version of their text, for good.

    The fingerprint of the last text stays in the ledger: whoever holds a copy can still be shown to hold it.
    """
    story, reason = locked(story), clean(reason)
    if not policies.can_kill(by, story, on=today(at)):
        raise Refused(_("Only somebody who publishes for this unit may have a text destroyed."))
    if story.published_on is None:
        raise Refused(_("Only a story that has been out can be taken away everywhere."))
    if story.killed_at:
        raise Refused(_("The text of this story is gone already."))
    if not reason:
        raise Refused(_("Please tell readers in a sentence why the story is withdrawn."))
    for edition in [story, *story.editions_elsewhere.filter(joined_as=Story.Joined.TRANSLATION, killed_at=None)]:
        _kill(locked(edition), reason=reason, by=by, at=at)


def _kill(story: Story, *, reason: str, by: Account, at: datetime) -> None:
    last = fingerprint(story.latest_revision.content) if story.latest_revision else fingerprint(story.editions)
    if story.live:
        withdraw(story, reason=reason, by=by, at=at)
        story = locked(story)
    name = _("Text taken away (%(number)s)") % {"number": story.pk}
    _blank_versions(story, name)
    _blank(story, name)
    story.killed_at = at
    story.save()
    record(StoryKilled(subject=story.ref, unit_id=story.unit_id), by=by, at=at, evidence=[f"sha256:{last}"])


def _blank(story: Story, name: str) -> None:
    story.title, story.folded_title, story.deep, story.photo, story.clip = name, fold(name), "", None, None
    for field in TEXTS:
        setattr(story, field, "")
    story.correction_note = "–" if story.corrected_at else ""
    story.photos.clear()
    StoryBand.objects.filter(story=story).delete()
    blank_shared(story)
    forget(story)
    ModelLogEntry.objects.filter(
        content_type__app_label="newsroom", content_type__model="story", object_id=str(story.pk)
    ).update(label=name)


def _blank_versions(story: Story, name: str) -> None:
    """Old versions too, remarks that quote them, and what was written to whoever was asked by a link."""
    empty: dict[str, Any] = dict.fromkeys(TEXTS, "") | {
        "title": name,
        "folded_title": fold(name),
        "deep": "",
        "photo": None,
        "clip": None,
    }
    for revision in story.revisions.all():
        revision.content = revision.content | empty
        revision.object_str = name
        revision.save(update_fields=["content", "object_str"])
    Remark.objects.filter(story=story).update(quote="–", before="", after="", text="–")
    RemarkAnswer.objects.filter(remark__story=story).update(text="–")
    ApprovalLink.objects.filter(story=story).update(remark="")
    FactUse.objects.filter(story=story, kept__isnull=False).update(kept_reason="–")
