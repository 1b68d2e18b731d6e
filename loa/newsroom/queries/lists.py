"""What the newsroom's own lists hold and ask of a story, and the templates that recurring products begin from."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from loa.people.models import UnitPlace, UnitVersion
from loa.people.policies import Scope, units_on

from ..models import (
    Channel,
    Licence,
    Limits,
    ProductType,
    ProvinceRule,
    Story,
    StoryTemplate,
    Term,
    Theme,
    UnitApproval,
)
from ..requirements import Rule
from ..requirements import lacking as lacking_of

Entry = Theme | ProductType | Channel | ProvinceRule | UnitApproval | Term | Licence | Limits

LISTS: dict[str, type[Entry]] = {
    "nhom-noi-dung": Theme,
    "the-loai": ProductType,
    "kenh": Channel,
    "cap-tinh-duyet": ProvinceRule,
    "buoc-duyet": UnitApproval,
    "thuat-ngu": Term,
    "quyen-su-dung": Licence,
    "gioi-han": Limits,
}
"""The lists by the word that stands for each in addresses."""

FIXED = frozenset({"buoc-duyet"})
"""The steps of approval are two; only their words and hours change."""


def rules_of(product_type: ProductType) -> list[Rule]:
    """What stories of this type must have, in the order in which a story is read."""
    return [requirement.rule for requirement in product_type.requirements.order_by("pk")]


def lacking(story: Story, *, binding: bool) -> list[str]:
    """What the story's type asks for and this version has not: what binds, or what is only advised. One query."""
    rules = [rule for rule in rules_of(story.product_type) if rule.binding == binding]
    return lacking_of(story.parts, rules, type_name=story.product_type.name)


def entries(code: str) -> QuerySet[Any]:
    """All entries of a list, in its order. Raises KeyError."""
    model = LISTS[code]
    if model is ProvinceRule:
        return ProvinceRule.objects.select_related("unit_kind", "theme").order_by("kind", "pk")
    if model is UnitApproval:
        steps: QuerySet[Any] = UnitApproval.objects.order_by("pk")
        return steps
    if model is Term:
        return Term.objects.order_by("name")
    if model is ProductType:
        return ProductType.objects.prefetch_related("requirements").order_by("position", "pk")
    if model is Licence:
        return Licence.objects.order_by("position", "pk")
    if model is Limits:
        limits: QuerySet[Any] = Limits.objects.order_by("-valid_from")
        return limits
    if model is Channel:
        return Channel.objects.order_by("position", "pk")
    return Theme.objects.order_by("position", "pk")


def entry(code: str, pk: int) -> Entry:
    """Raises KeyError and Model.DoesNotExist."""
    found: Entry = entries(code).get(pk=pk)
    return found


def limits(*, on: date) -> Limits:
    """The limits in force on `on`."""
    return Limits.objects.on(on).first() or Limits(valid_from=on)


def templates_for(unit_id: int, *, on: date) -> QuerySet[StoryTemplate]:
    """The templates that stories of this unit may begin from: its own, and those of the units above it."""
    place = UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first() or ""
    return _named(StoryTemplate.objects.filter(unit_id__in=units_on(place)), on=on)


def templates_within(reach: Scope, *, on: date) -> QuerySet[StoryTemplate]:
    """The templates that somebody who writes within `reach` may begin from."""
    if reach.everything:
        return _named(StoryTemplate.objects.all(), on=on)
    above = {unit_id for path in reach.paths for unit_id in units_on(path)}
    own = reach.narrow(StoryTemplate.objects.all())
    return _named(own | StoryTemplate.objects.filter(unit_id__in=above), on=on)


def _named(templates: QuerySet[StoryTemplate], *, on: date) -> QuerySet[StoryTemplate]:
    versions = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=on).order_by("-valid_from")
    named = templates.filter(retired_at__isnull=True).annotate(unit_name=Subquery(versions.values("name")[:1]))
    return named.order_by("name", "pk")
