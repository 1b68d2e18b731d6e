"""Choosing how this house looks."""

from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean
from loa.ledger.actions import record
from loa.ledger.facts import Actor

from . import looks
from .colours import HEX
from .events import LookChosen
from .models import Look


@transaction.atomic
def choose_look(
    *, name: str, colour: str, from_on: date, by: Actor, at: datetime, mark: bytes | None = None, keep_mark: bool = True
) -> Look:
    """Let pages look so from `from_on`. `mark` is a PNG; without one the mark in force stays, unless `keep_mark` is
    False. A look already chosen for that very day is replaced."""
    name, colour = clean(name), colour.lower()
    if from_on < today(at):
        raise Refused(_("A look begins today or later: pages of the past have been seen already."))
    if len(name) > 60:
        raise Refused(_("Please choose a name of at most 60 characters."))
    if colour and not HEX.fullmatch(colour):
        raise Refused(_("A colour is written as # and six digits, such as #0a4a9c."))
    before = looks.latest(on=from_on)
    logo = before.logo.name if before and keep_mark and mark is None else ""
    look, _new = Look.objects.update_or_create(
        from_on=from_on, defaults={"name": name, "colour": colour, "logo": logo, "chosen_at": at}
    )
    if mark is not None:
        look.logo.save(f"{sha256(mark).hexdigest()[:16]}.png", ContentFile(mark))
    record(LookChosen(subject=look.ref, from_on=from_on), by=by, at=at)
    transaction.on_commit(looks.forget)
    return look
