"""Stories shared between units: offered along the tree, shown by a unit in its own section under a heading of its own.

Such an appearance is neither a placement nor a product (docs/decisions/0021-shared-stories.md).
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.people.models import Account, Unit, UnitKind

from .stories import Story


class OfferQuerySet(models.QuerySet["Offer"]):
    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Offer(models.Model):
    """A published story is offered to a unit, to all below it, or to both; where it says so, to one kind of units."""

    class Reach(models.TextChoices):
        UNIT = "unit", pgettext_lazy("offer", "this unit")
        BELOW = "below", pgettext_lazy("offer", "all units below it")
        BRANCH = "branch", pgettext_lazy("offer", "this unit and all below it")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="offers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    """From where `reach` is meant."""
    reach = models.CharField(max_length=6, choices=Reach.choices)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("a word to those who are offered it"), max_length=300, blank=True)
    offered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared story")
        verbose_name_plural = _("shared stories")
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("story"),
                F("unit"),
                F("reach"),
                Coalesce("kind", Value(0)),
                condition=Q(ended_at__isnull=True),
                name="newsroom_offer_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "reach"], condition=Q(ended_at__isnull=True), name="newsroom_offer_unit")
        ]

    def __str__(self) -> str:
        return f"{self.story_id} → {self.unit_id}"

    @property
    def ref(self) -> str:
        return f"newsroom.offer:{self.pk}"

    @property
    def standing(self) -> bool:
        return self.ended_at is None


class SharedStory(models.Model):
    """What one unit made of a story that was offered to it: shown in its section, declined, or shown no more.

    A unit's own words are shown until the story is corrected after them: they may repeat what was wrong.
    """

    class State(models.TextChoices):
        SHOWN = "shown", pgettext_lazy("shared story", "shown")
        DECLINED = "declined", pgettext_lazy("shared story", "declined")
        ENDED = "ended", pgettext_lazy("shared story", "shown no more")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="shared")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=8, choices=State.choices)
    since = models.DateTimeField()
    """When it came into this state."""
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    """Nobody where it ended with its story or with the offer."""
    reason = models.CharField(max_length=300, blank=True)
    heading = models.CharField(_("own heading"), max_length=180, blank=True)
    lead = models.CharField(_("a line of your own"), max_length=400, blank=True)
    worded_at = models.DateTimeField(null=True)
    """When somebody who may last stood by heading and lead."""
    proposed_heading = models.CharField(max_length=180, blank=True)
    proposed_lead = models.CharField(max_length=400, blank=True)
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("story in a unit's section")
        verbose_name_plural = _("stories in a unit's section")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "story"], name="newsroom_shared_once"),
            models.CheckConstraint(
                name="newsroom_shared_words_dated",
                condition=Q(heading="", lead="", worded_at__isnull=True)
                | (Q(worded_at__isnull=False) & (~Q(heading="") | ~Q(lead=""))),
            ),
            models.CheckConstraint(
                name="newsroom_shared_proposed_by_somebody",
                condition=Q(proposed_heading="", proposed_lead="", proposed_by__isnull=True)
                | (Q(proposed_by__isnull=False, state="shown") & (~Q(proposed_heading="") | ~Q(proposed_lead=""))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.story_id}"

    @property
    def ref(self) -> str:
        return f"newsroom.sharedstory:{self.pk}"

    @property
    def shown(self) -> bool:
        return self.state == self.State.SHOWN

    @property
    def words_hold(self) -> bool:
        """Whether readers see the unit's own words."""
        corrected_at = self.story.corrected_at
        return self.worded_at is not None and (corrected_at is None or self.worded_at > corrected_at)
