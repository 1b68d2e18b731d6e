"""The list of official channels."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base import phones
from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean
from loa.ledger.actions import record

from .. import policies
from ..events import ChannelEnded, ChannelVerified
from ..likeness import bare
from ..models import OfficialChannel

if TYPE_CHECKING:
    from loa.people.models import Account, Unit


@transaction.atomic
def verify_channel(
    unit: "Unit", *, kind: OfficialChannel.Kind, name: str, address: str, by: "Account", at: datetime
) -> OfficialChannel:
    """Put a channel on the list of those that really are a union's own; whoever does so has looked."""
    if not policies.can_verify(by, unit.pk, on=today(at)):
        raise Refused(_("You may list channels only of your own unit and the units below it."))
    name, address = clean(name), _written(kind, address)
    if not name:
        raise Refused(_("Please write the name of the channel as people see it there."))
    if OfficialChannel.objects.on(today(at)).filter(key=bare(address)).exists():
        raise Refused(_("This channel is on the list already."))
    channel: OfficialChannel = OfficialChannel.objects.create(
        unit=unit, kind=kind, name=name, address=address, key=bare(address), since=today(at), checked_on=today(at)
    )
    record(ChannelVerified(subject=channel.ref, unit_id=unit.pk), by=by, at=at)
    return channel


def _written(kind: OfficialChannel.Kind, address: str) -> str:
    """The address as it is kept: a number in full, a page with https. Raises Refused for what is none."""
    address = clean(address)
    if kind == OfficialChannel.Kind.PHONE:
        number = phones.normalise(address)
        if number is None:
            raise Refused(_("Please enter a Vietnamese phone number, such as 0905 123 456."))
        return number
    if kind == OfficialChannel.Kind.EMAIL:
        if address.count("@") != 1 or " " in address:
            raise Refused(_("This is not an email address."))
        return address
    if address.startswith("http://"):
        raise Refused(_("Only addresses that begin with https:// are listed: others can be forged on the way."))
    address = address if address.startswith("https://") else f"https://{address}"
    if " " in address or "." not in bare(address).partition("/")[0]:
        raise Refused(_("This is not the address of a page. Please copy it from the browser."))
    return address


@transaction.atomic
def check_channel_again(channel: OfficialChannel, *, by: "Account", at: datetime) -> None:
    """Note that somebody looked again and it still is the union's own."""
    channel = _held(channel, by=by, at=at)
    channel.checked_on = today(at)
    channel.save(update_fields=["checked_on"])
    record(ChannelVerified(subject=channel.ref, unit_id=channel.unit_id), by=by, at=at)


@transaction.atomic
def end_channel(channel: OfficialChannel, *, by: "Account", at: datetime) -> None:
    """Take a channel off the list: given up, lost, or never the union's own."""
    channel = _held(channel, by=by, at=at)
    channel.ended_on = today(at)
    channel.save(update_fields=["ended_on"])
    record(ChannelEnded(subject=channel.ref, unit_id=channel.unit_id), by=by, at=at)


def _held(channel: OfficialChannel, *, by: "Account", at: datetime) -> OfficialChannel:
    current: OfficialChannel = OfficialChannel.objects.select_for_update().get(pk=channel.pk)
    if not policies.can_verify(by, current.unit_id, on=today(at)):
        raise Refused(_("You may list channels only of your own unit and the units below it."))
    if current.ended_on <= today(at):
        raise Refused(_("This channel is no longer on the list."))
    return current
