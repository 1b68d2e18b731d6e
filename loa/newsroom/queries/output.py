"""What was put out: products per author, unit, theme and format, each figure with the products behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from loa.people.models import UnitVersion
from loa.people.policies import Scope

from ..models import Story, StoryCredit, Theme
from ..models.stories import StoryQuerySet

GROUPS = ("unit", "author", "theme", "format")
PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Output:
    """How many different products one author, unit, theme or format had; `key` opens them."""

    key: str
    label: str
    items: int


def output(reach: Scope, *, by: str, first: date, last: date, page: int = 1) -> tuple[list[Output], bool]:
    """One page of the groups, the most products first, and whether there are more: one query, and one for names.

    Products first published in the period and not withdrawn by its end; one product on many channels counts once, and
    so do its copies and its editions in other languages. A product of two authors or themes counts for each.
    """
    rows = _GROUPING[by](products(reach, first=first, last=last))
    start = (max(page, 1) - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return [_row(by, row) for row in found[:PAGE]], len(found) > PAGE


def products(reach: Scope, *, first: date, last: date) -> StoryQuerySet:
    counted: StoryQuerySet = reach.narrow(Story.objects.known_on(last).filter(published_on__range=(first, last)))
    return counted


def _by_unit(found: StoryQuerySet) -> QuerySet[Any]:
    versions = UnitVersion.objects.filter(unit=OuterRef("unit")).order_by("-valid_from")
    named = found.annotate(label=Subquery(versions.values("name")[:1])).order_by()
    rows: QuerySet[Any] = named.values("unit", "label").annotate(items=Count("pk")).order_by("-items", "unit")
    return rows


def _by_format(found: StoryQuerySet) -> QuerySet[Any]:
    counted = found.order_by().values("product_type", "product_type__name").annotate(items=Count("pk"))
    rows: QuerySet[Any] = counted.order_by("-items", "product_type")
    return rows


def _by_theme(found: StoryQuerySet) -> QuerySet[Any]:
    rows = Theme.objects.filter(stories__in=found.order_by().values("pk"))
    return rows.annotate(items=Count("stories", filter=Q(stories__in=found.order_by().values("pk")))).order_by(
        "-items", "pk"
    )


def _by_author(found: StoryQuerySet) -> QuerySet[Any]:
    credits_ = StoryCredit.objects.filter(story__in=found.order_by().values("pk")).order_by()
    named = credits_.annotate(who=Coalesce("person__full_name", "name"), number=Coalesce("person", Value(0)))
    counted = named.values("number", "who").annotate(items=Count("story", distinct=True))
    rows: QuerySet[Any] = counted.order_by("-items", "number", "who")
    return rows


_GROUPING = {"unit": _by_unit, "format": _by_format, "theme": _by_theme, "author": _by_author}


def _row(by: str, row: Any) -> Output:
    if by == "theme":
        return Output(key=str(row.pk), label=row.name, items=row.items)
    if by == "unit":
        return Output(key=str(row["unit"]), label=row["label"] or "", items=row["items"])
    if by == "format":
        return Output(key=str(row["product_type"]), label=row["product_type__name"], items=row["items"])
    return Output(key=f"{row['number']}.{row['who']}", label=row["who"], items=row["items"])


def output_rows(
    reach: Scope, *, by: str, key: str, first: date, last: date, before: int = 0, limit: int = PAGE
) -> tuple[list[Any], int]:
    """The products behind one figure, newest first, and the key to go on from (0 at the end)."""
    found = _behind(products(reach, first=first, last=last), by, key)
    if before:
        found = found.filter(pk__lt=before)
    shown = list(found.with_unit_name().select_related("product_type").order_by("-pk")[: limit + 1])
    return shown[:limit], shown[limit - 1].pk if len(shown) > limit else 0


def _behind(found: StoryQuerySet, by: str, key: str) -> StoryQuerySet:
    number, _dot, who = key.partition(".")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return found.none()
    if by == "author":
        own = Q(person=int(number)) if int(number) else Q(person__isnull=True, name=who)
        return found.filter(pk__in=StoryCredit.objects.filter(own).values("story"))
    field = {"unit": "unit", "theme": "themes", "format": "product_type"}[by]
    return found.filter(**{field: int(number)})
