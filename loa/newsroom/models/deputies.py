"""Who decides for somebody who is away."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loa.people.models import Account


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def in_force(self, on: date) -> Self:
        return self.filter(first_on__lte=on, last_on__gte=on, ended_at__isnull=True)


class Deputy(models.Model):
    """That somebody who approves stories is away, and another one who approves, too, decides for them meanwhile."""

    absentee = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name=_("who is away"))
    deputy = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name=_("deputy"))
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    named_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """Set when the absentee is back early."""

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        constraints: ClassVar = [
            models.CheckConstraint(name="newsroom_deputy_days", condition=Q(first_on__lte=F("last_on"))),
            models.CheckConstraint(name="newsroom_deputy_other", condition=~Q(absentee=F("deputy"))),
        ]
        indexes: ClassVar = [models.Index(fields=["deputy", "last_on"], name="newsroom_deputy_days")]

    def __str__(self) -> str:
        return f"{self.absentee_id} → {self.deputy_id}"

    @property
    def ref(self) -> str:
        return f"newsroom.deputy:{self.pk}"
