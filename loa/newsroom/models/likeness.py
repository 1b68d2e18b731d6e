"""Products that may be one: what finds them, and what people decided about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loa.people.models import Account

from .stories import Story


class StoryBand(models.Model):
    """One band of a published story's min-hashes (`likeness.bands`): stories that share one may be alike."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="bands")
    band = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["story", "band"], name="newsroom_band_once")]
        indexes: ClassVar = [models.Index(fields=["band", "value"], name="newsroom_band_value")]

    def __str__(self) -> str:
        return f"{self.story_id} · {self.band}"


class LikenessDecision(models.Model):
    """That two stories are one product, or are not, as somebody decided, with the reason. `first` has the lower key."""

    first = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="+")
    together = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=300)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="newsroom_likeness_once"),
            models.CheckConstraint(name="newsroom_likeness_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"
