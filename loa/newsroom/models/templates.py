"""Templates: what recurring products begin from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.people.models import Account, Unit

from .stories import Story


class StoryTemplate(models.Model):
    """The beginnings of a product that returns (a weekly bulletin), for a unit and all below it.

    `content` is that of a revision without what belongs to one story alone, so that whatever a story can hold, a
    template can.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("owning unit"))
    name = models.CharField(_("name of the template"), max_length=120)
    content = models.JSONField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(retired_at__isnull=True), name="newsroom_template_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"newsroom.storytemplate:{self.pk}"

    @property
    def beginning(self) -> Story:
        """A new story with what the template holds; not saved."""
        content = {"pk": None, "unit": self.unit_id, **self.content}
        story: Story = Story.from_serializable_data(content, check_fks=True, strict_fks=False)
        return story
