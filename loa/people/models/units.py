"""Units in time: an identity, its dated versions, its one place on each day, and the events that moved it.

See docs/decisions/0007-units-in-time.md.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loa.base.fields import KeyField
from loa.base.periods import FOREVER

SEGMENT = 6
"""Characters of one step of a path: the unit's key in base 36, padded, so that a subtree is a range of text."""


class UnitFlag(models.Model):
    """A property that plans and forms speak of, such as `upper_level`; a version of a unit has it or not."""

    code = KeyField(max_length=40, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class UnitKind(models.Model):
    """A kind of unit, such as province, district, commune, grassroots: data, editable, never a constant in code."""

    code = KeyField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField()
    """0 is the national level; grassroots unions have the largest."""
    default_flags = models.ManyToManyField(UnitFlag, related_name="+")
    """What an imported unit of this kind has when the list does not say otherwise."""
    called = models.JSONField(default=list)
    """How lists call it, folded: "cong doan xa*", where a star stands for anything that may follow."""

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """The identity of a union body. Everything that can change about it is in its versions and places."""

    code = KeyField(max_length=40, unique=True)
    synthetic = models.BooleanField(default=False)
    """Made up for a demonstration or a test; every screen says so."""

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> str:
        return f"people.unit:{self.pk}"

    @property
    def segment(self) -> str:
        return segment(self.pk)


def segment(pk: int) -> str:
    """The step of a path that stands for the unit with this key."""
    digits = ""
    while pk:
        pk, rest = divmod(pk, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits.rjust(SEGMENT, "0")


class UnitVersionQuerySet(models.QuerySet["UnitVersion"]):
    def on(self, day: date) -> Self:
        """As things were on `day`: at most one version for each unit."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)


class UnitVersion(models.Model):
    """What a unit was called, what kind it was, whom it belonged to and which flags it had, from a day to a day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=120, blank=True)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    flags = models.ManyToManyField(UnitFlag, related_name="+")
    address = models.CharField(max_length=250, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    name_key = KeyField(max_length=500, db_index=True)
    """`base.text.sort_key(name)`: lists in the order of the Vietnamese dictionary."""
    folded = models.CharField(max_length=400)
    """`base.text.fold` of code, name and short name: what search looks at."""
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)
    """The first day on which it no longer holds."""
    event = models.ForeignKey("UnitEvent", on_delete=models.PROTECT, null=True, related_name="versions")
    recorded_at = models.DateTimeField()

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_version_dates", condition=Q(valid_from__lt=F("valid_to"))),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="people_version_start"),
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_to=FOREVER), name="people_version_one_open"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "valid_from", "valid_to"], name="people_version_day"),
            models.Index(fields=["parent", "valid_from"], name="people_version_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name


class UnitPlaceQuerySet(models.QuerySet["UnitPlace"]):
    def on(self, day: date) -> Self:
        return self.filter(valid_from__lte=day, valid_to__gt=day)

    def under(self, path: str) -> Self:
        """The place at `path` and every place below it: one range of the index."""
        return self.filter(path__gte=path, path__lt=beyond(path))


def beyond(path: str) -> str:
    """The first text after everything that begins with `path` (steps hold digits and lower-case letters only)."""
    return path + "~"


class UnitPlace(models.Model):
    """Where a unit stands in the tree, from a day to a day, as a materialised path.

    From its establishment on a unit has exactly one place on each day. While it lives, that is where it stands;
    after its end it is the place of its heir, marked not living. A sum over one place per unit is therefore the same
    before and after any event, and what an ended unit did is found under whoever took over from it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="places")
    path = KeyField(max_length=120)
    living = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    objects = UnitPlaceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_place_dates", condition=Q(valid_from__lt=F("valid_to"))),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="people_place_start"),
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_to=FOREVER), name="people_place_one_open"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["path", "valid_from", "valid_to", "unit"], name="people_place_subtree"),
            models.Index(fields=["unit", "valid_from", "valid_to", "path"], name="people_place_day"),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def depth(self) -> int:
        return len(self.path) // SEGMENT


class UnitEvent(models.Model):
    """A decision that made, moved, renamed or ended units. Several units may go in and several may come out."""

    class Kind(models.TextChoices):
        ESTABLISH = "establish", _("Establish")
        MERGE = "merge", _("Merge")
        SPLIT = "split", _("Split")
        TRANSFER = "transfer", _("Transfer")
        RENAME = "rename", _("Rename")
        RECLASSIFY = "reclassify", _("Reclassify")
        DISSOLVE = "dissolve", _("Dissolve")
        AREA = "area", _("Take over an area")
        REORGANISE = "reorganise", _("Reorganise")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    decision = models.CharField(max_length=200)
    """Number of the decision with its issuer; a number alone identifies nothing (DOMAIN.md 1.1)."""
    decided_on = models.DateField(null=True)
    effective_on = models.DateField()
    note = models.TextField(blank=True)
    synthetic = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    steps = models.JSONField(default=list)
    """What was decided, as it was typed (people/steps.py); empty for what code or a list of units brought."""
    undone_at = models.DateTimeField(null=True)
    """When it was taken back, or another event put it right; what it had changed stays in its trace."""
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["effective_on"], name="people_event_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["corrects"], name="people_event_corrected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.decision}"

    @property
    def ref(self) -> str:
        return f"people.event:{self.pk}"


class Succession(models.Model):
    """That `successor` took something over from `predecessor` in an event; the heir took over its history."""

    event = models.ForeignKey(UnitEvent, on_delete=models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inheritances")
    heir = models.BooleanField(default=False)
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """The part, in per cent, that a decision to split says passes to the successor. It moves no past."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="people_succession_share", condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100)
            ),
            models.UniqueConstraint(fields=["event", "predecessor", "successor"], name="people_succession_once"),
            models.UniqueConstraint(fields=["predecessor"], condition=Q(heir=True), name="people_succession_one_heir"),
            models.CheckConstraint(name="people_succession_other", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
