"""Pictures, with the unit that owns them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from loa.base.text import fold
from loa.people.models import Unit


class Photo(AbstractImage):
    """A picture with the unit that owns it and the words for those who cannot see it."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="photos", verbose_name=_("owning unit")
    )
    alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("One sentence for those who cannot see the picture."),
    )
    credit = models.CharField(_("photographer"), max_length=120, blank=True)
    search_fields: ClassVar = [
        *Image.search_fields,
        index.AutocompleteField("folded"),
        index.FilterField("unit"),
    ]
    admin_form_fields = (*Image.admin_form_fields, "alt", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    @property
    def folded(self) -> str:
        """What the picture is called and shows, without marks, so that "duong" finds "đường" in the chooser."""
        return fold(f"{self.title} {self.alt} {self.credit}")

    @property
    def default_alt_text(self) -> str:
        return self.alt


class PhotoRendition(AbstractRendition):
    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="newsroom_rendition_once")
        ]
