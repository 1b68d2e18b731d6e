"""Requests for material: asked, taken, answered, declined, taken back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines
from loa.ledger.actions import record
from loa.people.models import Account, Unit

from .. import policies
from ..events import MaterialAnswered, MaterialAsked, MaterialDeclined, MaterialTaken, MaterialWithdrawn
from ..models import MaterialRequest, ProductType, Story, Theme


@transaction.atomic
def ask_for_material(
    title: str,
    *,
    asker: Unit,
    unit: Unit,
    due_on: date,
    words: str = "",
    theme: Theme | None = None,
    product_type: ProductType | None = None,
    length: int | None = None,
    by: Account,
    at: datetime,
) -> MaterialRequest:
    """Ask `unit`, on behalf of `asker`, for something by a day."""
    if not policies.can_ask_for_material(by, asker.pk, on=today(at)):
        raise Refused(_("You may ask only for your own unit and the units below it."))
    if asker.pk == unit.pk:
        raise Refused(_("A unit does not ask itself. Plan it as an idea instead."))
    if not policies.can_be_asked(unit.pk, asker.pk, on=today(at)):
        raise Refused(_("You may ask only units of your own federation that still exist."))
    if not clean(title):
        raise Refused(_("Please say what you need."))
    if due_on < today(at):
        raise Refused(_("The day by which you need it has passed. Please choose a later one."))
    asked = MaterialRequest.objects.create(
        title=clean(title),
        words=clean_lines(words),
        unit=unit,
        asker=asker,
        theme=theme,
        product_type=product_type,
        length=length,
        due_on=due_on,
        asked_by=by,
        asked_at=at,
    )
    fact = MaterialAsked(subject=asked.ref, unit_id=unit.pk, asker_id=asker.pk, due_on=due_on)
    record(fact, by=by, at=at)
    return asked


@transaction.atomic
def take_request(asked: MaterialRequest, *, by: Account, at: datetime) -> MaterialRequest:
    """Answer for it from now on."""
    asked = _waiting(asked)
    _check_may_answer(asked, by=by, at=at)
    if asked.owner_id == by.pk:
        raise Refused(_("You have taken this already."))
    asked.owner, asked.state = by, MaterialRequest.State.TAKEN
    asked.save(update_fields=["owner", "state"])
    record(MaterialTaken(subject=asked.ref, unit_id=asked.unit_id), by=by, at=at)
    return asked


@transaction.atomic
def answer_request(
    asked: MaterialRequest, *, answer: str = "", story: Story | None = None, by: Account, at: datetime
) -> MaterialRequest:
    """Give what was asked for: as a text, as a story, or both."""
    asked, answer = _waiting(asked), clean_lines(answer)
    _check_may_answer(asked, by=by, at=at)
    if not answer and story is None:
        raise Refused(_("Please write the material down, or choose the story that holds it."))
    if story is not None and story.published_on is None and not policies.can_read(by, story, on=today(at)):
        raise Refused(_("You may give only what is published, or what you yourself may read."))
    asked.answer, asked.story, asked.owner = answer, story, asked.owner or by
    _end(asked, MaterialRequest.State.ANSWERED, at=at, fields=("answer", "story", "owner"))
    told = MaterialAnswered(subject=asked.ref, unit_id=asked.unit_id, story_id=story.pk if story else None)
    record(told, by=by, at=at, evidence=[story.ref] if story else [])
    return asked


@transaction.atomic
def decline_request(asked: MaterialRequest, *, reason: str, by: Account, at: datetime) -> MaterialRequest:
    asked = _waiting(asked)
    _check_may_answer(asked, by=by, at=at)
    asked.reason = clean(reason)
    if not asked.reason:
        raise Refused(_("Please say why, so that they can look elsewhere in time."))
    _end(asked, MaterialRequest.State.DECLINED, at=at, fields=("reason",))
    record(MaterialDeclined(subject=asked.ref, unit_id=asked.unit_id), by=by, at=at)
    return asked


@transaction.atomic
def withdraw_request(asked: MaterialRequest, *, reason: str, by: Account, at: datetime) -> MaterialRequest:
    """The unit that asked needs it no more."""
    asked = _waiting(asked)
    if not policies.can_take_back(by, asked, on=today(at)):
        raise Refused(_("Only the unit that asked can take its request back."))
    asked.reason = clean(reason)
    if not asked.reason:
        raise Refused(_("Please say why it is no longer needed; somebody may have begun."))
    _end(asked, MaterialRequest.State.WITHDRAWN, at=at, fields=("reason",))
    record(MaterialWithdrawn(subject=asked.ref, unit_id=asked.unit_id), by=by, at=at)
    return asked


def _waiting(asked: MaterialRequest) -> MaterialRequest:
    current = MaterialRequest.objects.select_for_update().get(pk=asked.pk)
    if current.ended:
        raise Refused(_("This request has ended already."))
    return current


def _check_may_answer(asked: MaterialRequest, *, by: Account, at: datetime) -> None:
    if not policies.can_answer(by, asked, on=today(at)):
        raise Refused(_("Somebody of the unit that is asked answers this; if one has taken it, only they do."))


def _end(asked: MaterialRequest, state: MaterialRequest.State, *, at: datetime, fields: tuple[str, ...]) -> None:
    asked.state, asked.ended_at = state, at
    asked.save(update_fields=["state", "ended_at", *fields])
