"""Stories shared between units: offered along the tree, shown by a unit in its own section under a heading of its own.

Such an appearance is neither a placement nor a product (docs/decisions/0021-shared-stories.md).
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.people.models import Account, Unit, UnitKind

from .facts import FactVersion
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


class SharedStoryQuerySet(models.QuerySet["SharedStory"]):
    def worded(self, on: date) -> Self:
        """Those whose own words readers see."""
        uncorrected = Q(story__corrected_at__isnull=True) | Q(worded_at__gt=F("story__corrected_at"))
        true = Q(owing__isnull=True) | Q(wrong=False, owing__valid_from__gt=on)
        return self.filter(uncorrected & true, worded_at__isnull=False)


class SharedStory(models.Model):
    """What one unit made of a story that was offered to it: shown in its section, declined, or shown no more.

    A unit's own words are shown until the story is corrected after them, or a fact of it that they repeat: not from
    then on where it was wrong, not from its day on where it changes. What they owe is weighed with the story
    (`actions.weighing`).
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
    owing = models.ForeignKey(FactVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The version of a fact of the story that heading or lead, written before it, do not say but a former one."""
    wrong = models.BooleanField(default=False)
    """They say what was never right."""
    proposed_heading = models.CharField(max_length=180, blank=True)
    proposed_lead = models.CharField(max_length=400, blank=True)
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SharedStoryQuerySet.as_manager()

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
            models.CheckConstraint(
                name="newsroom_shared_owing_words",
                condition=Q(owing__isnull=True, wrong=False) | Q(owing__isnull=False, worded_at__isnull=False),
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
    def own_words(self) -> dict[str, str]:
        return {"heading": self.heading, "lead": self.lead}
