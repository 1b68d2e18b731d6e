"""Products, each once, however many channels carry it (targets T4, T8, T10).

A product counts from the day of its first publication and no longer from the day it is withdrawn; it counts for the
unit that owns it, and through that unit's place in the tree for all above.
"""

from dataclasses import replace
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from loa.base.dates import day_bounds
from loa.people.models import UnitPlace, UnitVersion
from loa.people.queries import by_child, node, placed, unit_of
from loa.planning.protocol import Ask, Figure, Page, Row

from ..models import Placement, Story
from ..models.stories import StoryQuerySet
from .cursor import cursor, on_day, written

UPPER_LEVEL = "upper_level"
"""The flag that plans give to unions directly above the grassroots; which units have it, and when, is data."""


class Items:
    """T8 (plan clause IV.2 and its footnote 1): products of upper-level unions on union websites or their fanpage."""

    key = "newsroom.items"
    version = 1
    name = _("Products on union websites and own fanpages")
    definition = _(
        "Different products that an upper-level union published in the period and that appeared on a website of the "
        "union system or on the union's own fanpage. A product counts once, however many channels carry it."
    )
    counts_people = False
    adds_over_years = True
    knows_then = True

    def figures(self, ask: Ask) -> list[Figure]:
        return _counts(self._products(ask), ask)

    def evidence(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        return _rows(self._products(ask), ask, after=after, limit=limit)

    def gap(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """The upper-level unions of the structure's day, those with the fewest products first.

        `counts` is how many products each has: what is missing depends on the target, which a measure does not know.
        """
        own = placed(self._products(ask), on=ask.structure).filter(place__path=OuterRef("path")).order_by()
        items = own.values("place__path").annotate(items=Count("pk")).values("items")
        versions = UnitVersion.objects.on(ask.structure).filter(unit=OuterRef("unit"))
        units = (
            UnitPlace.objects.on(ask.structure)
            .under(ask.path)
            .filter(Exists(versions.filter(flags__code=UPPER_LEVEL)), living=True)
            .annotate(items=Coalesce(Subquery(items), Value(0)), label=Subquery(versions.values("name")[:1]))
        )
        if seen := cursor(after):
            units = units.filter(Q(items__gt=seen[0]) | Q(items=seen[0], unit__gt=seen[1]))
        found: list[Any] = list(units.order_by("items", "unit")[: limit + 1])
        more = written(found[limit - 1].items, found[limit - 1].unit_id) if len(found) > limit else ""
        return Page(rows=[_unit_row(place) for place in found[:limit]], after=more)

    def _products(self, ask: Ask) -> StoryQuerySet:
        """What the unit was on the day, or had last been where a later decision ended it before: nothing gets lost."""
        later = UnitVersion.objects.filter(
            unit=OuterRef("unit"),
            valid_from__gt=OuterRef("valid_from"),
            valid_from__lte=OuterRef(OuterRef("published_on")),
        )
        begun = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=OuterRef("published_on"))
        upper = begun.filter(~Exists(later), flags__code=UPPER_LEVEL)
        ours = Q(channel__union_site=True) | Q(channel__own_fanpage=True)
        return _published(ask).filter(_placed(ask, ours), Exists(upper))


class DigitalShare:
    """T4 (plan clause II.2): of the products that first appeared in the period, how many on a digital platform."""

    key = "newsroom.digital_share"
    version = 1
    name = _("Products on digital platforms")
    definition = _(
        "Of all different products that first appeared anywhere in the period, those that appeared on at least one "
        "digital platform. A product on five channels counts once."
    )
    counts_people = False
    adds_over_years = True
    knows_then = True

    def figures(self, ask: Ask) -> list[Figure]:
        """The only measure here with two numbers, still from one query."""
        on_digital = Case(When(self._digital(ask), then=True), default=False, output_field=BooleanField())
        products = self._products(ask).annotate(digital=on_digital)
        rows = (
            by_child(products, ask.path, on=ask.structure, every=ask.every)
            .order_by()
            .values("child")
            .annotate(among=Count("pk"), on_digital=Count("pk", filter=Q(digital=True)))
        )
        return [Figure(path=row["child"], numerator=row["on_digital"], denominator=row["among"]) for row in rows]

    def evidence(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        return _rows(self._products(ask).filter(self._digital(ask)), ask, after=after, limit=limit)

    def gap(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """Products that have appeared, but on no digital platform."""
        found = _rows(self._products(ask).filter(~self._digital(ask)), ask, after=after, limit=limit)
        return replace(found, rows=[replace(row, adds=1) for row in found.rows])

    def _digital(self, ask: Ask) -> Q:
        return _placed(ask, Q(channel__digital=True))

    def _products(self, ask: Ask) -> StoryQuerySet:
        within = _placed(ask, Q(placed_on__range=(ask.counted.first, ask.counted.last)))
        before = _placed(ask, Q(placed_on__lt=ask.counted.first))
        return Story.objects.known_on(ask.as_of).filter(within, ~before)


class Magazines:
    """T10 (plan clause V3.3): television magazines."""

    key = "newsroom.magazines"
    version = 1
    name = _("Television magazines")
    definition = _("Different television magazines published in the period.")
    counts_people = False
    adds_over_years = True
    knows_then = True

    def figures(self, ask: Ask) -> list[Figure]:
        return _counts(self._products(ask), ask)

    def evidence(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        return _rows(self._products(ask), ask, after=after, limit=limit)

    def gap(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """The unit asked about, as long as nothing below it has published a magazine."""
        if self.figures(ask):
            return Page()
        unit = node(unit_of(ask.path), on=ask.structure)
        return Page(rows=[Row(ref=f"people.unit:{unit.unit_id}", label=unit.name, adds=1)])

    def _products(self, ask: Ask) -> StoryQuerySet:
        return _published(ask).filter(product_type__magazine=True)


def _published(ask: Ask) -> StoryQuerySet:
    """Products first published in the part of the period that has passed, and not withdrawn since."""
    return Story.objects.known_on(ask.as_of).filter(published_on__range=(ask.counted.first, ask.counted.last))


def _placed(ask: Ask, how: Q) -> Q:
    """Whether one product, or another that is counted with it, had such a placement, as known by the as-of day.

    Two questions and not one, so that each finds its rows by an index.
    """
    known = Placement.objects.seen_by(ask.as_of, recorded=ask.recorded).filter(how)
    _start, end = day_bounds(ask.as_of, ask.as_of)
    with_it = known.filter(story__same_as__isnull=False, story__same_as=OuterRef("pk"), story__joined_at__lt=end)
    return Q(Exists(known.filter(story=OuterRef("pk")))) | Q(Exists(with_it))


def _counts(products: StoryQuerySet, ask: Ask) -> list[Figure]:
    within = by_child(products, ask.path, on=ask.structure, every=ask.every)
    rows = within.order_by().values("child").annotate(items=Count("pk"))
    return [Figure(path=row["child"], numerator=row["items"]) for row in rows]


def _rows(products: StoryQuerySet, ask: Ask, *, after: str, limit: int) -> Page:
    """One row for each product in the subtree, newest first, paged by day and key."""
    within = by_child(products, ask.path, on=ask.structure)
    if seen := on_day(after):
        day, pk = seen
        within = within.filter(Q(published_on__lt=day) | Q(published_on=day, pk__lt=pk))
    shown = within.with_unit_name().select_related("product_type").order_by(F("published_on").desc(), F("pk").desc())
    found: list[Any] = list(shown[: limit + 1])
    more = written(found[limit - 1].published_on.toordinal(), found[limit - 1].pk) if len(found) > limit else ""
    return Page(rows=[_story_row(story) for story in found[:limit]], after=more)


def _story_row(story: Any) -> Row:
    return Row(
        ref=story.ref,
        label=story.title,
        url=reverse("newsroom:story", args=[story.pk]),
        on=story.published_on,
        unit=story.unit_name or "",
        cells=(story.product_type.name,),
    )


def _unit_row(place: Any) -> Row:
    words = ngettext("%(count)s product so far", "%(count)s products so far", place.items) % {"count": place.items}
    return Row(ref=f"people.unit:{place.unit_id}", label=place.label, counts=place.items, cells=(words,))
