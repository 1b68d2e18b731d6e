"""The first page: a draft that one person changes at a time, put before the public at once as a whole."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger.actions import record

from .. import policies
from ..blocks import MOST, ONCE, Block, Kind, read, written
from ..events import FrontArranged
from ..models import FrontPage

if TYPE_CHECKING:
    from loa.people.models import Account


@transaction.atomic
def change_front(change: Callable[[list[Block]], list[Block]], *, by: "Account", at: datetime) -> FrontPage:
    """Change the draft, which begins as what stands there now; the public sees nothing of it."""
    draft = _draft(by=by, at=at)
    blocks = change(read(draft.blocks))
    _check(blocks)
    draft.blocks = written(blocks)
    draft.save(update_fields=["blocks"])
    return draft


def _check(blocks: list[Block]) -> None:
    if len(blocks) > MOST:
        raise Refused(_("The first page has room for %(most)s blocks. Please take one away first.") % {"most": MOST})
    kinds = [block.kind for block in blocks]
    if twice := next((kind for kind in ONCE if kinds.count(kind) > 1), None):
        raise Refused(_("The first page has “%(kind)s” already.") % {"kind": twice.label})
    same = [(block.kind, block.thing) for block in blocks if block.kind in {Kind.THEME, Kind.UNIT}]
    if len(set(same)) < len(same):
        raise Refused(_("These stories stand on the first page already."))


def _draft(*, by: "Account", at: datetime) -> FrontPage:
    if not policies.can_arrange(by, on=today(at)):
        raise Refused(_("The first page is put together by whoever looks after the newsroom of the whole federation."))
    standing = FrontPage.objects.standing().first()
    begun = {"blocks": standing.blocks if standing else []}
    draft, _made = FrontPage.objects.select_for_update().get_or_create(arranged_at=None, defaults=begun)
    return draft


@transaction.atomic
def arrange(*, by: "Account", at: datetime) -> None:
    """Put the draft before the public."""
    draft = _draft(by=by, at=at)
    _check(read(draft.blocks))
    draft.arranged_at, draft.arranged_by = at, by
    draft.save(update_fields=["arranged_at", "arranged_by"])
    record(FrontArranged(subject=draft.ref, blocks=len(draft.blocks)), by=by, at=at)


@transaction.atomic
def discard_front(*, by: "Account", at: datetime) -> None:
    """Forget the draft; what the public sees stays."""
    _draft(by=by, at=at).delete()
