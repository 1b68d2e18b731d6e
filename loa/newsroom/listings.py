"""Tables of the newsroom that reports show."""

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.base.numbers import number
from loa.people.queries import by_child
from loa.planning.protocol import Ask, Row

from .models import Story


class BestStories:
    """The stories that appeared in the most places, the newest first among equals.

    Readers are counted without remembering what they read (promise 2), so that places say how far a story went.
    """

    key = "newsroom.best_stories"
    name = _("Stories that went furthest")
    columns = (_("Product type"), _("Places where it appeared"))

    def rows(self, ask: Ask, *, limit: int) -> list[Row]:
        told = Story.objects.known_on(ask.as_of).filter(published_on__range=(ask.counted.first, ask.counted.last))
        seen = Q(placements__placed_on__lte=ask.as_of, placements__ended_on__gt=F("placements__placed_on"))
        found = (
            by_child(told, ask.path, on=ask.structure)
            .with_unit_name()
            .annotate(places=Count("placements", filter=seen, distinct=True))
            .select_related("product_type")
            .order_by("-places", F("published_on").desc(), F("pk").desc())
        )
        return [
            Row(
                ref=story.ref,
                label=story.title,
                url=reverse("newsroom:story", args=[story.pk]),
                on=story.published_on,
                unit=story.unit_name or "",
                cells=(story.product_type.name, number(story.places)),
            )
            for story in found[:limit]
        ]
