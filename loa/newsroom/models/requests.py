"""What one unit's newsroom needs from another unit: facts, a text, a picture, by a day (plan clause O2)."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.people.models import Account, Unit

from .lists import ProductType, Theme
from .stories import Story


class MaterialRequestQuerySet(models.QuerySet["MaterialRequest"]):
    def waiting(self) -> Self:
        """Not ended yet, taken or not."""
        return self.filter(ended_at__isnull=True)


class MaterialRequest(models.Model):
    """A unit asks another one for material; somebody there takes it, and answers it or says why not."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("material request", "not taken yet")
        TAKEN = "taken", pgettext_lazy("material request", "somebody works on it")
        ANSWERED = "answered", pgettext_lazy("material request", "answered")
        DECLINED = "declined", pgettext_lazy("material request", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("material request", "taken back")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="material_asked_of", db_index=False)
    """Who is asked."""
    asker = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="material_asked_for", db_index=False)
    title = models.CharField(_("what is needed"), max_length=180)
    words = models.TextField(_("more about it"), blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="+")
    product_type = models.ForeignKey(ProductType, on_delete=models.PROTECT, null=True, related_name="+")
    length = models.PositiveIntegerField(null=True)
    """In syllables, as the newsroom counts."""
    due_on = models.DateField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="material_asked")
    asked_at = models.DateTimeField()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="material_taken")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    """Why it was declined or taken back."""
    answer = models.TextField(blank=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, related_name="answers_requests")
    ended_at = models.DateTimeField(null=True)

    objects = MaterialRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for material")
        verbose_name_plural = _("requests for material")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_request_ended_iff_dated",
                condition=Q(state__in=["open", "taken"], ended_at__isnull=True)
                | Q(state__in=["answered", "declined", "withdrawn"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="newsroom_request_taken_by_somebody",
                condition=~Q(state__in=["taken", "answered"]) | Q(owner__isnull=False),
            ),
            models.CheckConstraint(
                name="newsroom_request_answered_with_something",
                condition=~Q(state="answered") | ~Q(answer="") | Q(story__isnull=False),
            ),
            models.CheckConstraint(
                name="newsroom_request_ended_with_reason",
                condition=~Q(state__in=["declined", "withdrawn"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(name="newsroom_request_of_another", condition=~Q(unit=models.F("asker"))),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "due_on"], name="newsroom_request_unit"),
            models.Index(fields=["asker", "due_on"], name="newsroom_request_asker"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        return f"newsroom.materialrequest:{self.pk}"

    @property
    def ended(self) -> bool:
        return self.ended_at is not None

    def late(self, on: date) -> bool:
        return not self.ended and self.due_on < on
