"""The lists that stories are sorted by: data, editable by staff, filled once by `actions.settle_in`."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.base.fields import KeyField

from ..requirements import Part, Rule


class Theme(models.Model):
    """What a story is about: the eight content themes of the plan (clause N2) to begin with."""

    code = KeyField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"newsroom.theme:{self.pk}"


class ProductType(models.Model):
    """What a story is made of: tin, bài, clip, infographic, audio, poster, tạp chí truyền hình …"""

    code = KeyField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    magazine = models.BooleanField(_("counts as a television magazine"), default=False)
    """Target T10 counts products of such types."""
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("product type")
        verbose_name_plural = _("product types")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"newsroom.producttype:{self.pk}"


class Requirement(models.Model):
    """What a story of a type must have before it is handed in, or had better have where the rule does not bind."""

    product_type = models.ForeignKey(ProductType, on_delete=models.CASCADE, related_name="requirements")
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    at_least = models.PositiveIntegerField(_("at least"), default=1)
    at_most = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    binding = models.BooleanField(_("must"), default=True)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product_type", "part"], name="newsroom_requirement_once"),
            models.CheckConstraint(
                name="newsroom_requirement_range",
                condition=models.Q(at_most__isnull=True) | models.Q(at_most__gte=models.F("at_least")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_type_id} · {self.part}"

    @property
    def rule(self) -> Rule:
        return Rule(part=self.part, at_least=self.at_least, at_most=self.at_most, binding=self.binding)


class Channel(models.Model):
    """Where a story can appear."""

    code = KeyField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    digital = models.BooleanField(_("digital platform"), default=False)
    """Target T4 counts products placed on one."""
    union_site = models.BooleanField(_("website of the union system"), default=False)
    """Target T8 counts products on union websites and on the unit's own fanpage."""
    own_fanpage = models.BooleanField(_("the unit's own fanpage"), default=False)
    own_site = models.BooleanField(_("this website"), default=False)
    """The public site of this Loa: publication places a story there, nobody does so by hand."""
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["own_site"], condition=models.Q(own_site=True), name="newsroom_one_own_site"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"newsroom.channel:{self.pk}"
