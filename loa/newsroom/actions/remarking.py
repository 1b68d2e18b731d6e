"""Remarks on passages: made, answered, resolved by the one who made them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean_lines, nfc
from loa.ledger.actions import record
from loa.people.models import Account

from .. import policies
from ..events import RemarkAnswered, RemarkMade, RemarkResolved
from ..models import Remark, RemarkAnswer, Story
from ..passages import pick
from .writing import locked


@transaction.atomic
def make_remark(story: Story, *, edition: str, quote: str, text: str, by: Account, at: datetime) -> Remark:
    """Say something about words that stand in this edition of the latest version."""
    story, text = locked(story), clean_lines(text)
    if not policies.can_remark(by, story, on=today(at)):
        raise Refused(_("Only those who write or approve this story may remark on it."))
    if not text:
        raise Refused(_("Please write what you want to say about this passage."))
    latest = story.get_latest_revision_as_object()
    passage = pick(latest.editions.get(edition, ""), nfc(quote))
    if passage is None:
        label = Remark.Edition(edition).label if edition in Remark.Edition else edition
        raise Refused(
            _("These words do not stand there (%(where)s). Please copy them exactly from the text.") % {"where": label}
        )
    remark = Remark.objects.create(
        story=story,
        revision_id=story.latest_revision_id or 0,
        edition=edition,
        text=text,
        author=by,
        made_at=at,
        **vars(passage),
    )
    fact = RemarkMade(subject=story.ref, unit_id=story.unit_id, remark_id=remark.pk, revision_id=remark.revision_id)
    record(fact, by=by, at=at)
    return remark


@transaction.atomic
def answer_remark(remark: Remark, *, text: str, by: Account, at: datetime) -> RemarkAnswer:
    """Answer; a resolved remark is open again, for somebody has something to say."""
    remark, text = _held(remark), clean_lines(text)
    if not policies.can_remark(by, remark.story, on=today(at)):
        raise Refused(_("Only those who write or approve this story may remark on it."))
    if not text:
        raise Refused(_("Please write your answer."))
    answer = RemarkAnswer.objects.create(remark=remark, text=text, author=by, made_at=at)
    remark.resolved_at, remark.resolved_by = None, None
    remark.save(update_fields=["resolved_at", "resolved_by"])
    record(RemarkAnswered(subject=remark.story.ref, unit_id=remark.story.unit_id, remark_id=remark.pk), by=by, at=at)
    return answer


@transaction.atomic
def resolve_remark(remark: Remark, *, by: Account, at: datetime) -> None:
    """What was asked for is done, as seen by the one who asked, or by whoever approves for the unit."""
    remark = _held(remark)
    if not policies.can_resolve(by, remark, on=today(at)):
        raise Refused(_("The one who made the remark says when it is settled, or whoever approves for the unit."))
    if remark.resolved_at:
        raise Refused(_("This remark is settled already."))
    remark.resolved_at, remark.resolved_by = at, by
    remark.save(update_fields=["resolved_at", "resolved_by"])
    record(RemarkResolved(subject=remark.story.ref, unit_id=remark.story.unit_id, remark_id=remark.pk), by=by, at=at)


def _held(remark: Remark) -> Remark:
    held: Remark = Remark.objects.select_for_update(of=("self",)).select_related("story").get(pk=remark.pk)
    return held
