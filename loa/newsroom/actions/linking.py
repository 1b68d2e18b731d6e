"""Approval by somebody without an account, through a signed link to one version, for one decision."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account

from .. import policies
from ..events import ApprovalAsked, ApprovalLinkRevoked, StoryApproved, StoryReturned
from ..links import fingerprint
from ..models import ApprovalLink, Story
from .approving import step_to_decide
from .publishing import happening
from .writing import check_ready, locked

HOURS = range(1, 24 * 14 + 1)


@transaction.atomic
def ask_by_link(story: Story, *, name: str, post: str, hours: int, by: Account, at: datetime) -> ApprovalLink:
    """Ask somebody by name and post to decide about the latest version in the place of `by`, who could decide."""
    story, name, post = locked(story), clean(name), clean(post)
    state, _step = step_to_decide(story, by=by, on=today(at))
    if not name or not post:
        raise Refused(_("Please give the name and the post of the person who is to decide: both are recorded."))
    if hours not in HOURS:
        raise Refused(_("The link can work for one hour to fourteen days."))
    check_ready(story, at=at)
    ApprovalLink.objects.filter(story=story, decided_at__isnull=True, revoked_at__isnull=True).update(revoked_at=at)
    link = ApprovalLink.objects.create(
        story=story,
        revision_id=story.latest_revision_id,
        fingerprint=fingerprint(story.latest_revision.content),
        task_state_id=state.pk,
        name=name,
        post=post,
        asked_by=by,
        asked_at=at,
        expires_at=at + timedelta(hours=hours),
    )
    fact = ApprovalAsked(
        subject=story.ref, unit_id=story.unit_id, link_id=link.pk, revision_id=link.revision_id, until=link.expires_at
    )
    record(fact, by=by, at=at, evidence=[f"sha256:{link.fingerprint}"])
    return link


@transaction.atomic
def revoke_link(link: ApprovalLink, *, by: Account, at: datetime) -> None:
    """The link opens nothing any more."""
    link = _held(link)
    may = link.asked_by_id == by.pk or policies.can_approve(by, link.story, on=today(at))
    if not may:
        raise Refused(_("Only those who could decide about this story may take the link back."))
    if link.state(at) != ApprovalLink.State.OPEN:
        raise Refused(_("This link is no longer open."))
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    record(ApprovalLinkRevoked(subject=link.story.ref, unit_id=link.story.unit_id, link_id=link.pk), by=by, at=at)


@transaction.atomic
def decide_by_link(link: ApprovalLink, *, approved: bool, remark: str = "", by: Actor, at: datetime) -> None:
    """The decision of the person the link was made for; `by` is the link, which knows their name and post.

    It takes the place of the decision that `asked_by` could take, at the same step and about the same version only.
    """
    story, link, remark = locked(link.story), _held(link), clean_lines(remark)
    if link.state(at) != ApprovalLink.State.OPEN:
        raise Refused(_("This link is no longer open."))
    state, step = step_to_decide(story, by=link.asked_by, on=today(at))
    if state.pk != link.task_state_id or not still_shows(link, story):
        raise Refused(_("The story has been changed since the link was made. Please ask for a new link."))
    if not approved and not remark:
        raise Refused(_("Please say in a sentence what should be changed, so that the writer can do it."))
    if approved:
        check_ready(story, at=at)
    link.decided_at, link.remark = at, remark
    link.decision = ApprovalLink.Decision.APPROVED if approved else ApprovalLink.Decision.RETURNED
    link.save(update_fields=["decided_at", "decision", "remark"])
    fact = StoryApproved if approved else StoryReturned
    told = fact(subject=story.ref, unit_id=story.unit_id, level=step.level, revision_id=link.revision_id)
    record(told, by=by, at=at, evidence=[link.ref, f"sha256:{link.fingerprint}"])
    said = f"{link.name}, {link.post}: {remark}" if remark else f"{link.name}, {link.post}"
    with happening(at, by=by):
        step.on_action(state, link.asked_by, "approve" if approved else "reject", comment=said)


def still_shows(link: ApprovalLink, story: Story) -> bool:
    """Whether the version of the link is the latest, and still says what it said."""
    latest = story.latest_revision
    return latest is not None and latest.pk == link.revision_id and fingerprint(latest.content) == link.fingerprint


def _held(link: ApprovalLink) -> ApprovalLink:
    held: ApprovalLink = (
        ApprovalLink.objects.select_for_update(of=("self",)).select_related("story", "asked_by").get(pk=link.pk)
    )
    return held
