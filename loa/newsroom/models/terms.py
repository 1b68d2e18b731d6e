"""The union's glossary: what it says, what abbreviations stand for, what it does not say."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A term of the union, with its abbreviation, the plain words for it, and what it is said instead of."""

    name = models.CharField(_("term"), max_length=120, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    plain = models.CharField(
        _("in plain words"), max_length=300, blank=True, help_text=_("As one would explain it to somebody new at work.")
    )
    avoided = models.CharField(
        _("say it instead of"),
        max_length=120,
        blank=True,
        help_text=_("Words that belittle, or that only officials use."),
    )

    class Meta:
        verbose_name = _("term of the union")
        verbose_name_plural = _("terms of the union")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["abbreviation"], condition=~models.Q(abbreviation=""), name="newsroom_abbreviation_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"newsroom.term:{self.pk}"
