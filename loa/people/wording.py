"""The steps of a decision as sentences, under the names of a day: a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from loa.base.numbers import number

from .models import Area, Unit, UnitFlag, UnitKind
from .moves import Members
from .queries import nodes
from .steps import Dissolve, Establish, Json, Merge, Reclassify, Rename, Split, Step, TakeArea, Transfer, read

SAID = 5
"""Units named one by one in a sentence; of more, the others are counted."""


def sentences(stored: Sequence[Json], *, on: date) -> list[str]:
    steps = read(stored)
    words = _words(steps, on=on)
    return [words.say(step) for step in steps]


def _words(steps: Sequence[Step], *, on: date) -> "_Words":
    codes = {code for step in steps for code in step.named}
    units = dict(Unit.objects.filter(code__in=codes).values_list("pk", "code"))
    names = {units[node.unit_id]: node.name for node in nodes(units, on=on)}
    areas = {area for step in steps if isinstance(step, TakeArea) for area in step.areas}
    return _Words(
        units=names | {step.code: step.name for step in steps if isinstance(step, Establish)},
        kinds=dict(UnitKind.objects.values_list("code", "name")),
        flags=dict(UnitFlag.objects.values_list("code", "name")),
        areas=dict(Area.objects.filter(pk__in=areas).values_list("pk", "name")),
    )


@dataclass(frozen=True, kw_only=True)
class _Words:
    units: Mapping[str, str]
    """Code → name; of units that the decision founds, the name it gives them."""
    kinds: Mapping[str, str]
    flags: Mapping[str, str]
    areas: Mapping[int, str]

    def say(self, step: Step) -> str:
        match step:
            case Establish():
                return self._establish(step)
            case Rename():
                return _("Rename %(unit)s to %(name)s") % {"unit": self._unit(step.unit), "name": step.name}
            case Reclassify():
                return self._reclassify(step)
            case Transfer():
                said = {"units": self._units(step.units), "to": self._unit(step.to)}
                return _("Transfer %(units)s, with all below, under %(to)s") % said
            case Merge():
                said = {"units": self._units(step.units), "into": self._unit(step.into)}
                return _("Merge %(units)s into %(into)s") % said
            case Split():
                return self._split(step)
            case Dissolve():
                return self._dissolve(step)
            case TakeArea():
                areas = ", ".join(self.areas.get(area, "") for area in step.areas)
                return _("%(unit)s takes over the area: %(areas)s") % {"unit": self._unit(step.unit), "areas": areas}
        raise AssertionError(step)

    def _unit(self, code: str) -> str:
        if not code:
            return _("no unit above")
        return f"{self.units[code]} ({code})" if code in self.units else code

    def _units(self, codes: Sequence[str]) -> str:
        shown = "; ".join(self._unit(code) for code in codes[:SAID])
        if len(codes) <= SAID:
            return shown
        return _("%(units)s and %(count)s more") % {"units": shown, "count": number(len(codes) - SAID)}

    def _establish(self, step: Establish) -> str:
        said = {
            "unit": self._unit(step.code),
            "kind": self.kinds.get(step.kind, step.kind),
            "parent": self._unit(step.parent),
        }
        return _("Establish %(unit)s, %(kind)s, under %(parent)s") % said

    def _reclassify(self, step: Reclassify) -> str:
        flags = ", ".join(self.flags.get(flag, flag) for flag in step.flags or ()) or _("none")
        said = {
            "units": self._units(step.units),
            "kind": self.kinds.get(step.kind, step.kind) if step.kind else _("as before"),
            "flags": _("as before") if step.flags is None else flags,
        }
        return _("Reclassify %(units)s: kind %(kind)s, properties %(flags)s") % said

    def _split(self, step: Split) -> str:
        shares = dict(step.shares)
        parts = (f"{self._unit(code)} {shares[code]} %" if code in shares else self._unit(code) for code in step.into)
        told = _("Split %(unit)s into %(into)s") % {"unit": self._unit(step.unit), "into": "; ".join(parts)}
        if step.children:
            told += "; " + _("units below that go along: %(units)s") % {
                "units": self._units([child for child, _to in step.children])
            }
        if step.ends:
            told += "; " + _("the unit ends, and %(heir)s takes its history over") % {"heir": self._unit(step.heir)}
        return told

    def _dissolve(self, step: Dissolve) -> str:
        said = {
            "units": self._units(step.units),
            "heir": self._unit(step.heir) if step.heir else _("the unit directly above"),
        }
        if step.members == Members.TRANSFER:
            return _("Dissolve %(units)s; their history and their members go to %(heir)s") % said
        return _("Dissolve %(units)s; their history goes to %(heir)s, membership ends") % said
