"""The newsroom's own lists: themes, product types with their rules, channels, rules for the province."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import slug
from loa.ledger.actions import record
from loa.people.models import Account

from .. import policies
from ..events import ListChanged
from ..models import Channel, Licence, ProductType, Requirement, Story, Theme, UnitApproval
from ..queries.lists import Entry
from ..requirements import Rule


@transaction.atomic
def keep_entry(entry: Entry, *, rules: Iterable[Rule] | None = None, by: Account, at: datetime) -> None:
    """Add an entry to its list, or keep what was changed in it; a code is made of the name and never changes.

    `rules` are what stories of a product type must have from now on; None leaves them as they are.
    """
    _check_may(by, at)
    new = entry.pk is None
    if isinstance(entry, Theme | ProductType | Channel | Licence) and new:
        entry.code = _free_code(type(entry), entry.name)
        last = type(entry)._default_manager.aggregate(last=Max("position"))["last"] or 0
        entry.position = entry.position or last + 1
    try:
        entry.full_clean()
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from problem
    entry.save()
    record(ListChanged(subject=entry.ref, change="added" if new else "changed"), by=by, at=at)
    if isinstance(entry, ProductType) and rules is not None:
        set_requirements(entry, rules, by=by, at=at)


@transaction.atomic
def remove_entry(entry: Entry, *, by: Account, at: datetime) -> None:
    """Take an entry out of its list, as long as nothing was ever sorted by it."""
    _check_may(by, at)
    if isinstance(entry, UnitApproval):
        raise Refused(_("The steps of approval stay; you may change their hours."))
    if isinstance(entry, Channel) and entry.own_site:
        raise Refused(_("This website stays in the list: publication puts stories on it."))
    if isinstance(entry, Theme) and Story.objects.filter(themes=entry).exists():
        raise Refused(_("Stories already stand under this; it cannot be removed any more, but you may rename it."))
    ref = entry.ref
    try:
        entry.delete()
    except ProtectedError as used:
        raise Refused(
            _("Stories already stand under this; it cannot be removed any more, but you may rename it.")
        ) from used
    record(ListChanged(subject=ref, change="removed"), by=by, at=at)


@transaction.atomic
def set_requirements(product_type: ProductType, rules: Iterable[Rule], *, by: Account, at: datetime) -> None:
    """What stories of this type must have from now on; those that are out already stay out."""
    _check_may(by, at)
    rules = list(rules)
    if len({rule.part for rule in rules}) < len(rules):
        raise Refused(_("Each part can have one rule only; please bring those of the same part together."))
    if any(rule.at_most is not None and rule.at_most < rule.at_least for rule in rules):
        raise Refused(_("“At most” cannot be less than “at least”."))
    product_type.requirements.all().delete()
    Requirement.objects.bulk_create([Requirement(product_type=product_type, **vars(rule)) for rule in rules])
    record(ListChanged(subject=product_type.ref, change="rules"), by=by, at=at)


def _check_may(by: Account, at: datetime) -> None:
    if not policies.can_manage_lists(by, on=today(at)):
        raise Refused(_("These lists are everybody's; they are kept by whoever looks after the newsroom at the top."))


def _free_code(model: Any, name: str) -> str:
    wanted = slug(name, max_length=36)
    taken = set(model._default_manager.filter(code__startswith=wanted).values_list("code", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(code for code in numbered if code not in taken)
