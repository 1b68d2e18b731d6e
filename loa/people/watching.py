"""What changes for accounts and for people in posts when units change (people/consequences.py)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loa.base.numbers import number

from .consequences import Concern, Watch
from .models import Duty, Grant, UnitPlace
from .policies import units_on
from .queries import nodes
from .roles import NAMES


def accounts(concern: Concern) -> Mapping[str, str]:
    """Each role held on a unit concerned or above it, and how many living units it reaches on the day."""
    paths = _paths(concern.units, on=concern.on)
    above = {unit_id for path in paths.values() for unit_id in units_on(path)}
    then = {"unit_id__in": above, "started_on__lte": concern.on, "ended_on__gt": concern.on}
    granted = Grant.objects.filter(account__is_active=True, **then).values_list("account__name", "role", "unit_id")
    by_post = Duty.objects.filter(person__account__is_active=True, **then).exclude(post__role="")
    roles = sorted({*granted, *by_post.values_list("person__account__name", "post__role", "unit_id")})
    names = {node.unit_id: node.label for node in nodes({unit_id for _who, _role, unit_id in roles}, on=concern.on)}
    reach = _reach({unit_id for _who, _role, unit_id in roles}, on=concern.on)
    return {
        f"{who} · {NAMES.get(role, role)} · {names.get(unit_id, '')}": _units(reach.get(unit_id, 0))
        for who, role, unit_id in roles
    }


def _units(count: int) -> str:
    return ngettext("%(count)s unit", "%(count)s units", count) % {"count": number(count)}


def posts(concern: Concern) -> Mapping[str, str]:
    """Who holds which post in a unit concerned."""
    held = Duty.objects.filter(unit_id__in=concern.units, started_on__lte=concern.on, ended_on__gt=concern.on)
    names = {node.unit_id: node.label for node in nodes(concern.units, on=concern.on)}
    return {
        f"{one.post.name} · {one.person.full_name} · {names.get(one.unit_id, '')}": _("held")
        for one in held.select_related("post", "person").order_by("post__name", "person__name_key", "pk")
    }


def _paths(units: Iterable[int], *, on: date) -> dict[int, str]:
    places = UnitPlace.objects.on(on).filter(unit_id__in=list(units))
    return dict(places.values_list("unit_id", "path"))


def _reach(units: Iterable[int], *, on: date) -> dict[int, int]:
    """How many living units stand at and below each living one of these."""
    places = UnitPlace.objects.on(on).filter(living=True)
    own = dict(places.filter(unit_id__in=list(units)).values_list("unit_id", "path"))
    return {unit_id: places.under(path).count() for unit_id, path in own.items()}


WATCHES = (
    Watch(
        key="accounts",
        heading=gettext_lazy("Rights of accounts"),
        unchanged=gettext_lazy("No account reaches more or less than before."),
        look=accounts,
        gone=gettext_lazy("ends"),
    ),
    Watch(
        key="posts",
        heading=gettext_lazy("Posts"),
        unchanged=gettext_lazy("No post ends."),
        look=posts,
        gone=gettext_lazy("ends"),
    ),
)
