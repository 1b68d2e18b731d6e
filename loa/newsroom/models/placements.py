"""Where stories appeared."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loa.base.dates import day_bounds
from loa.base.periods import FOREVER
from loa.people.models import Account

from .lists import Channel
from .photos import Photo
from .stories import Story


class PlacementQuerySet(models.QuerySet["Placement"]):
    def seen_by(self, day: date, *, recorded: bool = False) -> Self:
        """Those known to have stood somewhere by the end of `day`; one recorded by mistake never stood.

        With `recorded`, as it was known at the end of that day: what was recorded or taken back later is left out.
        """
        stood = Q(ended_on__gt=F("placed_on"))
        if not recorded:
            return self.filter(stood, placed_on__lte=day)
        _start, end = day_bounds(day, day)
        known = Q(recorded_at__isnull=True) | Q(recorded_at__lt=end)
        return self.filter(known, stood | Q(ended_at__gte=end), placed_on__lte=day)

    def standing(self) -> Self:
        return self.filter(ended_on=FOREVER)


class Placement(models.Model):
    """That a story appeared somewhere on a day, with the link or the photo that proves it.

    One product counts once, however many placements it has. A placement recorded by mistake ends on the day it began.
    """

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="placements")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", verbose_name=_("channel"))
    url = models.URLField(_("link"), max_length=500, blank=True)
    photo = models.ForeignKey(
        Photo, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    placed_on = models.DateField(_("appeared on"))
    ended_on = models.DateField(default=FOREVER)
    """The first day on which it no longer stood there."""
    recorded_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    """When we learned that it stood there, and that it no longer does; None: nobody kept when, so on the day itself."""
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody for this website: publication itself puts a story there."""

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints: ClassVar = [
            models.CheckConstraint(name="newsroom_placement_dates", condition=Q(placed_on__lte=F("ended_on"))),
            models.CheckConstraint(
                name="newsroom_placement_proven",
                condition=Q(recorded_by__isnull=True) | ~Q(url="") | Q(photo__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["story", "channel", "url"],
                condition=Q(ended_on=FOREVER) & (~Q(url="") | Q(recorded_by__isnull=True)),
                name="newsroom_placement_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["story", "placed_on", "channel"], name="newsroom_placement_story")]

    def __str__(self) -> str:
        return f"{self.story_id} · {self.channel_id}"

    @property
    def ref(self) -> str:
        return f"newsroom.placement:{self.pk}"

    @property
    def standing(self) -> bool:
        return self.ended_on == FOREVER

    @property
    def mistaken(self) -> bool:
        """Recorded by mistake: it never stood anywhere."""
        return self.ended_on == self.placed_on
