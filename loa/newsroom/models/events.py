"""What happens, and what the newsroom makes of it: events, and the products planned for them."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.base import lunar
from loa.base.periods import Period
from loa.people.models import Account, Unit, UnitVersion

from .. import recurring
from .lists import ProductType, Theme
from .stories import Story


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> Self:
        """What everybody may know; one that was called off stays, and says so."""
        return self.filter(public=True)

    def touching(self, period: Period) -> Self:
        """Those that may fall on days of the period: all that return, and single ones of these days."""
        returning = ~Q(repeats="") & Q(first_on__lte=period.last)
        return self.filter(returning | Q(repeats="", first_on__lte=period.last, last_on__gte=period.first))

    def with_unit_name(self, on: date) -> Self:
        """Adds `unit_name` and `unit_code`."""
        versions = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=on).order_by("-valid_from")
        return self.annotate(unit_name=Subquery(versions.values("name")[:1]), unit_code=F("unit__code"))


class Event(models.Model):
    """Something that happens on a day, once or every year: a congress, a dialogue, a feast."""

    class Repeats(models.TextChoices):
        NEVER = "", pgettext_lazy("event", "once")
        SUN = recurring.SUN, pgettext_lazy("event", "every year, solar calendar")
        MOON = recurring.MOON, pgettext_lazy("event", "every year, lunar calendar")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="newsroom_events")
    name = models.CharField(_("name"), max_length=180)
    folded = models.CharField(max_length=500, editable=False, default="")
    """`base.text.fold` of name and place: what the search looks at."""
    venue = models.CharField(_("place"), max_length=200, blank=True)
    words = models.TextField(_("what it is about"), blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    begins_at = models.TimeField(null=True)
    """In Hà Nội; None for the whole day."""
    ends_at = models.TimeField(null=True)
    repeats = models.CharField(max_length=4, choices=Repeats.choices, blank=True, default=Repeats.NEVER)
    public = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    """Why it was called off; for the public when the event is."""
    planned_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints: ClassVar = [
            models.CheckConstraint(name="newsroom_event_ends_after_start", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(
                name="newsroom_event_end_needs_start", condition=Q(ends_at__isnull=True) | Q(begins_at__isnull=False)
            ),
            models.CheckConstraint(
                name="newsroom_event_cancelled_with_reason",
                condition=Q(cancelled_at__isnull=True, reason="") | (Q(cancelled_at__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["first_on"], name="newsroom_event_day"),
            models.Index(fields=["repeats"], condition=~Q(repeats=""), name="newsroom_event_returning"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"newsroom.event:{self.pk}"

    @property
    def days(self) -> Period:
        """When it is held, the first time."""
        return Period(first=self.first_on, last=self.last_on)

    @property
    def moon_day(self) -> lunar.Lunar:
        return lunar.to_lunar(self.first_on)

    def occurrences(self, within: Period) -> list[Period]:
        return recurring.occurrences(self.days, self.repeats, within=within)

    def next(self, on: date) -> Period | None:
        return recurring.next_occurrence(self.days, self.repeats, on=on)


class Coverage(models.Model):
    """A product that the newsroom means to make, for an event or as an idea; publication fulfils it."""

    class State(models.TextChoices):
        """What staff see; worked out by `state`, stored nowhere."""

        FREE = "free", pgettext_lazy("coverage", "nobody's yet")
        ASSIGNED = "assigned", pgettext_lazy("coverage", "assigned")
        WRITING = "writing", pgettext_lazy("coverage", "being written")
        DONE = "done", pgettext_lazy("coverage", "published")
        DROPPED = "dropped", pgettext_lazy("coverage", "dropped")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="planned_products", db_index=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="coverages")
    title = models.CharField(_("what it tells"), max_length=180)
    words = models.TextField(_("how, with whom, what it needs"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Story.Kind.choices)
    product_type = models.ForeignKey(ProductType, on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="coverages")
    due_at = models.DateTimeField(null=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, related_name="coverages")
    planned_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("planned product")
        verbose_name_plural = _("planned products")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_coverage_done_by_story", condition=Q(done_at__isnull=True) | Q(story__isnull=False)
            ),
            models.CheckConstraint(
                name="newsroom_coverage_dropped_with_reason",
                condition=Q(dropped_at__isnull=True, reason="")
                | (Q(dropped_at__isnull=False, done_at__isnull=True) & ~Q(reason="")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "due_at"], name="newsroom_coverage_unit"),
            models.Index(fields=["due_at"], name="newsroom_coverage_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        return f"newsroom.coverage:{self.pk}"

    @property
    def ended(self) -> bool:
        return self.done_at is not None or self.dropped_at is not None

    @property
    def state(self) -> "Coverage.State":
        if self.dropped_at:
            return self.State.DROPPED
        if self.done_at:
            return self.State.DONE
        if self.story_id:
            return self.State.WRITING
        return self.State.ASSIGNED if self.owner_id else self.State.FREE

    def late(self, at: datetime) -> bool:
        return not self.ended and self.due_at is not None and self.due_at < at
