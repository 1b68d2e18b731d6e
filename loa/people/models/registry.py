"""The registry of people: who they are, which unit they belong to, which posts they hold, what they agreed to.

It holds what the plan segments by (clause N4) and nothing else: no identity-card number, no ethnicity, no religion,
no party membership (Law 91/2025/QH15 and NĐ 356/2025 count such data as sensitive; DOMAIN.md 3.7).
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from loa.base.fields import KeyField
from loa.base.periods import FOREVER

from .areas import Area
from .units import Unit


class Term(models.Model):
    """One value of a list that staff may edit: levels of education, fields of work, information habits …"""

    class Vocabulary(models.TextChoices):
        EDUCATION = "education"
        FIELD = "field"
        HABIT = "habit"
        WORKING_TIME = "working-time"
        REST_TIME = "rest-time"
        OWNERSHIP = "ownership"

    vocabulary = models.CharField(max_length=20, choices=Vocabulary.choices)
    code = KeyField(max_length=80)
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["vocabulary", "code"], name="people_term_once")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A member of the union or a worker who is not one (yet)."""

    class Gender(models.TextChoices):
        FEMALE = "f"
        MALE = "m"
        OTHER = "o"

    member_code = KeyField(max_length=40, null=True, unique=True)
    full_name = models.CharField(max_length=120)
    name_key = KeyField(max_length=250)
    """`base.text.name_key(full_name)`: given name first, as lists of people are sorted."""
    folded = KeyField(max_length=130)
    born_on = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    gender = models.CharField(max_length=1, choices=Gender.choices, blank=True)
    phone = KeyField(max_length=16, blank=True)
    """E.164, such as +84905123456; two people may share a telephone."""
    email = models.EmailField(blank=True)
    education = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, related_name="+")
    field = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, related_name="+")
    working_time = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, related_name="+")
    rest_time = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    habits = models.ManyToManyField(Term, related_name="+")
    """Through which channels this person says they get their news."""
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "people"
        indexes: ClassVar = [
            models.Index(fields=["name_key", "id"], name="people_person_name"),
            models.Index(fields=["folded"], name="people_person_folded"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="people_person_phone"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def ref(self) -> str:
        return f"people.person:{self.pk}"

    @property
    def erased(self) -> bool:
        """What identified this person is gone for good; only what is counted stays."""
        return self.folded == ""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        return self.filter(started_on__lte=day, ended_on__gt=day)


class Membership(models.Model):
    """That a person belonged to a unit, as a member or as a worker, from a day to a day.

    Nobody belongs to two units on one day: a person counts once in every figure.
    """

    class Standing(models.TextChoices):
        MEMBER = "member"
        WORKER = "worker"

    class Ending(models.TextChoices):
        LEFT = "left"
        TRANSFERRED = "transferred"
        UNIT_ENDED = "unit-ended"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    standing = models.CharField(max_length=6, choices=Standing.choices)
    started_on = models.DateField()
    ended_on = models.DateField(default=FOREVER)
    """The first day on which it no longer holds."""
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_membership_dates", condition=Q(started_on__lt=F("ended_on"))),
            models.CheckConstraint(
                name="people_membership_ending_iff_ended",
                condition=Q(ended_on=FOREVER, ending="") | (~Q(ended_on=FOREVER) & ~Q(ending="")),
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on=FOREVER), name="people_membership_one_open"
            ),
            models.UniqueConstraint(fields=["person", "started_on"], name="people_membership_start"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "started_on", "ended_on", "person"], name="people_membership_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.unit_id}"


class Post(models.Model):
    """A post one can hold, such as chair of a grassroots union. What its holder may do follows from `role`."""

    code = KeyField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    folded = KeyField(max_length=140)
    role = KeyField(max_length=20, blank=True)
    """One of `people.roles.ROLES`, or empty: the post gives no rights in Loa."""
    leads = models.BooleanField(default=False)
    """Counts as a leader of the unit (targets T3b and T3c)."""

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """A post held in a unit, from a day to a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties")
    started_on = models.DateField()
    ended_on = models.DateField(default=FOREVER)

    class Meta:
        verbose_name_plural = "duties"
        constraints: ClassVar = [
            models.CheckConstraint(name="people_duty_dates", condition=Q(started_on__lt=F("ended_on"))),
            models.UniqueConstraint(fields=["person", "post", "unit", "started_on"], name="people_duty_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "ended_on"], name="people_duty_unit")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_id} {self.unit_id}"


class Consent(models.Model):
    """That a person agreed to one use of one channel, with the proof (Law 91/2025/QH15: per purpose, verifiable).

    Silence is not consent; withdrawing is a date on the row, never a deletion.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    channel = KeyField(max_length=20)
    purpose = KeyField(max_length=40)
    given_at = models.DateTimeField()
    proof = models.TextField()
    """How it was given: the words shown and the tick, the signed form's reference, the reply received."""
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_consent_has_proof", condition=~Q(proof="")),
            models.UniqueConstraint(
                fields=["person", "channel", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_consent_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.channel} {self.purpose}"
