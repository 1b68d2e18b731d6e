"""How this house looks from a day: a federation changes its name by a decision, and not when somebody thinks of it."""

from typing import ClassVar

from django.db import models

from loa.base.fields import KeyField


class Look(models.Model):
    """What pages carry from `from_on` until the next look. Empty fields mean: as installed."""

    from_on = models.DateField(unique=True)
    name = models.CharField(max_length=60, blank=True)
    colour = KeyField(max_length=7, blank=True)
    """The main colour, such as "#0a4a9c"; what is too light or too dark to be read is made of it by colours.py."""
    logo = models.FileField(upload_to="look/", blank=True)
    """A PNG made by us of what was uploaded, at most 256 by 256."""
    chosen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ui_look_colour", condition=models.Q(colour="") | models.Q(colour__startswith="#")
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.from_on}"

    @property
    def ref(self) -> str:
        return f"ui.look:{self.pk}"
