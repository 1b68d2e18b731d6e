from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from loa.base.fields import KeyField
from loa.people.models import Unit

TOPICS_A_YEAR = 63
"""A mask of topics is a signed 64-bit number in both databases."""


class Topic(models.Model):
    """A subject of Party and State policy or of labour and union law that the union wants everyone to know this year.

    Target T1 counts reach on these only; a story about anything else has no topic.
    """

    year = models.PositiveSmallIntegerField()
    slug = KeyField(max_length=80)
    name = models.CharField(max_length=120)
    bit = models.PositiveSmallIntegerField()
    """Its place in the masks of the register: given once, never reused within the year."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "slug"], name="audience_topic_once"),
            models.UniqueConstraint(fields=["year", "bit"], name="audience_topic_bit_once"),
            models.CheckConstraint(name="audience_topic_bit", condition=Q(bit__lt=TOPICS_A_YEAR)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mask(self) -> int:
        return 1 << self.bit

    @property
    def ref(self) -> str:
        return f"audience.topic:{self.pk}"


class YearKey(models.Model):
    """What ties pseudonyms of one year to people. Destroyed when the year's report is frozen; then nobody can.

    `salt` alone is not enough: the key is made of it and of the secret key of the installation, which no backup of
    the database holds.
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    salt = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="audience_key_destroyed_iff_dated",
                condition=Q(salt__isnull=True, destroyed_at__isnull=False)
                | Q(salt__isnull=False, destroyed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.year)


class ReachEntry(models.Model):
    """The reach register: one pseudonym in one year, and on which topics it was reached, by grade.

    It holds no person, no story, no time and no order of arrival (the key is the pseudonym itself).
    """

    pseudonym = models.UUIDField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """Where the person belonged when last reached or counted; null when they have left."""
    confirmed = models.BigIntegerField(default=0)
    """Topics of which the person said: I have read this."""
    understood = models.BigIntegerField(default=0)
    unclear = models.BigIntegerField(default=0)
    """Topics the person still had a question about when last asked."""
    delivered = models.BigIntegerField(default=0)
    """Topics on which a message demonstrably arrived."""

    class Meta:
        verbose_name_plural = "reach entries"
        indexes: ClassVar = [
            models.Index(fields=["year", "unit", "confirmed", "delivered"], name="audience_reach_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class ReachCountQuerySet(models.QuerySet["ReachCount"]):
    def latest_by(self, day: date) -> Self:
        """The last count of that day's year taken on or before it."""
        newest = (
            ReachCount.objects.filter(year=day.year, counted_on__lte=day).order_by("-counted_on").values("counted_on")
        )
        return self.filter(year=day.year, counted_on=newest[:1])


class ReachCount(models.Model):
    """How many people of a unit were reached by a day: rebuilt from the register and the registry, never added up to.

    There is one count of each month, as of its last day (actions.count_month), and earlier ones of that month go: what
    changes from one day to the next could be one person.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    counted_on = models.DateField()
    people = models.PositiveIntegerField()
    """In the registers on that day: members and workers."""
    confirmed = models.PositiveIntegerField()
    """Of them, distinct people with at least one confirmed topic (topics do not add up to people)."""
    delivered = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "counted_on", "unit"], name="audience_count_once"),
            models.CheckConstraint(name="audience_count_year", condition=Q(counted_on__year=models.F("year"))),
        ]

    objects = ReachCountQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.counted_on}"


class TopicCount(models.Model):
    """The same for one topic: which subject reached how many, and how many still have a question."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="counts", db_index=False)
    counted_on = models.DateField()
    confirmed = models.PositiveIntegerField()
    understood = models.PositiveIntegerField()
    unclear = models.PositiveIntegerField()
    delivered = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "counted_on", "unit"], name="audience_topic_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.unit_id} {self.counted_on}"


class Estimate(models.Model):
    """Estimated reach (a notice board, a loudspeaker, a meeting): a count with its method and proof, never mixed in."""

    class Method(models.TextChoices):
        HEADCOUNT = "headcount"
        SIGN_IN_SHEET = "sign-in-sheet"
        SHIFT_SIZE = "shift-size"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="estimates")
    on = models.DateField()
    people = models.PositiveIntegerField()
    method = models.CharField(max_length=20, choices=Method.choices)
    evidence = models.CharField(max_length=250)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="audience_estimate_has_evidence", condition=~Q(evidence="")),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.on}"
