"""Accounts, and the roles given to them on a unit."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loa.base import text
from loa.base.fields import KeyField
from loa.base.periods import FOREVER

from .registry import Person
from .units import Unit


def name_keys(name: str) -> dict[str, str]:
    """What is kept beside a name, for lists to be searched and ordered by."""
    return {"folded": text.fold(name), "name_key": text.name_key(name)}


class AccountManager(BaseUserManager["Account"]):
    def create_user(
        self, email: str | None = None, password: str | None = None, phone: str | None = None, **fields: Any
    ) -> "Account":
        keys = name_keys(str(fields.get("name", "")))
        account = self.model(email=self.normalize_email(email) or None, phone=phone or None, **fields, **keys)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        return self.create_user(email, password, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in, by email address or phone number."""

    email = models.EmailField(null=True, blank=True, unique=True)
    phone = KeyField(max_length=16, null=True, blank=True, unique=True)
    """E.164."""
    name = models.CharField(max_length=120)
    folded = KeyField(max_length=250, default="", editable=False)
    """`base.text.fold(name)`."""
    name_key = KeyField(max_length=600, default="", editable=False)
    """`base.text.name_key(name)`: by given name, as lists of people are."""
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="account")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="people_account_reachable", condition=Q(email__isnull=False) | Q(phone__isnull=False)
            )
        ]
        indexes: ClassVar = [models.Index(fields=["name_key", "id"], name="people_account_by_name")]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or ""

    @property
    def ref(self) -> str:
        return f"people.account:{self.pk}"

    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    @property
    def first_name(self) -> str:
        """What Wagtail calls somebody in its menu."""
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.rsplit(" ", 1)[-1]


class GrantQuerySet(models.QuerySet["Grant"]):
    def on(self, day: date) -> Self:
        return self.filter(started_on__lte=day, ended_on__gt=day)


class Grant(models.Model):
    """A role given to an account on a unit: it holds for the unit's subtree as it is today, while the grant lasts."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = KeyField(max_length=20)
    """One of `people.roles.ROLES`."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    started_on = models.DateField()
    ended_on = models.DateField(default=FOREVER)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_grant_dates", condition=Q(started_on__lt=F("ended_on"))),
            models.UniqueConstraint(
                fields=["account", "role", "unit"], condition=Q(ended_on=FOREVER), name="people_grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.unit_id}"
