"""How much, how long, how early: the newsroom's limits, by the day from which they hold."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.base.dates import short_date


class LimitsQuerySet(models.QuerySet["Limits"]):
    def on(self, day: date) -> Self:
        """Those in force on `day`, the one that counts first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")


class Limits(models.Model):
    """The limits that hold from a day until the next ones do."""

    valid_from = models.DateField(_("valid from"), unique=True)
    warn_days = models.PositiveSmallIntegerField(
        _("days before a consent ends on which somebody is asked to renew it"), default=30
    )
    photos = models.PositiveSmallIntegerField(_("photos with one contribution"), default=6)
    photo_megabytes = models.PositiveSmallIntegerField(
        _("megabytes of one photo"), default=15, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    voice_megabytes = models.PositiveSmallIntegerField(
        _("megabytes of a voice recording"), default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    kept_days = models.PositiveSmallIntegerField(
        _("days after the answer until what was sent in is erased"), default=180, validators=[MinValueValidator(1)]
    )
    clip_megabytes = models.PositiveIntegerField(
        _("megabytes of one clip"), default=2000, validators=[MinValueValidator(1), MaxValueValidator(4000)]
    )
    clip_minutes = models.PositiveSmallIntegerField(
        _("minutes of one clip"), default=60, validators=[MinValueValidator(1)]
    )

    objects = LimitsQuerySet.as_manager()

    class Meta:
        verbose_name = _("limits of the newsroom")
        verbose_name_plural = _("limits of the newsroom")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(_("valid from %(day)s") % {"day": short_date(self.valid_from)})

    @property
    def ref(self) -> str:
        return f"newsroom.limits:{self.pk}"
