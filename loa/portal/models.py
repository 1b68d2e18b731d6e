from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loa.base.periods import FOREVER


class Printing(models.Model):
    """The state of all that everybody may read, as one number: whatever changes it makes a new printing.

    One row. The database's own triggers count it up, in the transaction of the change (watching.py), so nobody who
    writes can forget to. A cached page belongs to one printing and is shown in no other.
    """

    number = models.BigIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(default=0)
    """PostgreSQL's number of the transaction: each transaction counts once, however many rows it changes."""

    def __str__(self) -> str:
        return str(self.number)


class OfficialChannelQuerySet(models.QuerySet["OfficialChannel"]):
    def on(self, day: date) -> Self:
        """Those that are official on `day`."""
        return self.filter(since__lte=day, ended_on__gt=day)


class OfficialChannel(models.Model):
    """A page, account or number that really is a union's own, so that workers can tell it from a false one."""

    class Kind(models.TextChoices):
        WEBSITE = "website", _("website")
        FACEBOOK = "facebook", _("Facebook page")
        ZALO = "zalo", _("Zalo account")
        YOUTUBE = "youtube", _("YouTube channel")
        TIKTOK = "tiktok", _("TikTok account")
        PHONE = "phone", _("telephone number")
        EMAIL = "email", _("email address")

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("kind of channel"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name as people see it"), max_length=120)
    address = models.CharField(_("address or number"), max_length=300)
    key = models.CharField(max_length=300, editable=False)
    """`likeness.bare(address)`: what addresses are compared by."""
    since = models.DateField()
    checked_on = models.DateField()
    """When somebody last looked whether it is still the union's own."""
    ended_on = models.DateField(default=FOREVER)

    objects = OfficialChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("official channel")
        verbose_name_plural = _("official channels")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], condition=Q(ended_on=FOREVER), name="portal_channel_once"),
            models.CheckConstraint(
                name="portal_channel_dates", condition=Q(checked_on__gte=F("since"), ended_on__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"portal.official-channel:{self.pk}"

    @property
    def href(self) -> str:
        scheme = {self.Kind.PHONE: "tel:", self.Kind.EMAIL: "mailto:"}.get(self.Kind(self.kind), "")
        return scheme + self.address


class FrontPageQuerySet(models.QuerySet["FrontPage"]):
    def draft(self) -> Self:
        return self.filter(arranged_at__isnull=True)

    def standing(self) -> Self:
        """The one that the public sees, as the first of these."""
        return self.filter(arranged_at__isnull=False).order_by("-arranged_at", "-pk")


class FrontPage(models.Model):
    """How the first page is put together, from a moment on; one is a draft. Former ones stay, to go back to."""

    blocks = models.JSONField(default=list)
    """`blocks.written`: rows of what stands there, in their order."""
    arranged_at = models.DateTimeField(null=True)
    arranged_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")

    objects = FrontPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("first page")
        verbose_name_plural = _("first pages")
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(arranged_at__isnull=True),
                name="portal_one_draft_of_front",
            ),
        ]

    def __str__(self) -> str:
        return str(self.arranged_at or "")

    @property
    def ref(self) -> str:
        return f"portal.front-page:{self.pk}"
