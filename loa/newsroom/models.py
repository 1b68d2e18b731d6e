from typing import ClassVar

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from loa.people.models import Unit


class Photo(AbstractImage):
    """A picture with the unit that owns it and the words for those who cannot see it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="photos")
    alt = models.CharField(max_length=250, blank=True)
    credit = models.CharField(max_length=120, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "alt", "credit")


class PhotoRendition(AbstractRendition):
    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="newsroom_rendition_once")
        ]
