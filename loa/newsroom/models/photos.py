"""Pictures, with the unit that owns them, the rights in them, and the consent of the people shown."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from loa.base.fields import KeyField
from loa.base.text import fold
from loa.people.models import Unit

from ..consent import Rights, Shown


class Licence(models.Model):
    """What may be done with an asset, in the words of this federation."""

    code = KeyField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    publishable = models.BooleanField(_("may be published"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("right of use")
        verbose_name_plural = _("rights of use")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"newsroom.licence:{self.pk}"


class Photo(AbstractImage):
    """A picture with the unit that owns it, the rights in it, and the words for those who cannot see it."""

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
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("right of use")
    )
    place = models.CharField(_("where it was taken"), max_length=160, blank=True)
    taken_on = models.DateField(_("day it was taken"), null=True, blank=True)
    shown = models.CharField(
        _("people shown"),
        max_length=8,
        choices=Shown.choices,
        default=Shown.UNSAID,
        blank=True,
        help_text=_("Without an answer the picture can be kept, but not published."),
    )
    consent_proof = models.CharField(
        _("proof of their consent"),
        max_length=300,
        blank=True,
        help_text=_("How they agreed, and where the proof is kept; no names are needed. Readers do not see it."),
    )
    consent_until = models.DateField(
        _("consent ends on"),
        null=True,
        blank=True,
        help_text=_("Leave it empty when they agreed without an end. After that day the picture is no longer shown."),
    )
    withheld_at = models.DateTimeField(null=True, editable=False)
    """Since when no page shows it: the people shown do not agree, or no longer."""
    reminded_of = models.DateField(null=True, editable=False)
    """The end of the consent that somebody was already asked to see to."""
    likeness = models.CharField(max_length=16, blank=True, editable=False, default="")
    """`likeness_of_pictures.picture_hash`, or "" where it would say nothing."""
    prepared_of = models.CharField(max_length=40, blank=True, editable=False, default="")
    """The `file_hash` of the file whose sizes were made: another file calls for other sizes."""
    words = models.TextField(editable=False, default="")
    """Name, text, credit, place and tags without tone marks: what the library searches."""

    search_fields: ClassVar = [
        *Image.search_fields,
        index.AutocompleteField("folded"),
        index.FilterField("unit"),
    ]
    admin_form_fields = (*Image.admin_form_fields, "alt", "credit", "shown", "consent_proof", "consent_until")

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_photo_consent_proven",
                condition=~Q(shown="agreed") | ~Q(consent_proof=""),
                violation_error_message=_("Please say how they agreed and where the proof is kept."),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(prepared_of="") | ~Q(prepared_of=F("file_hash")), name="newsroom_unprepared"
            ),
            models.Index(fields=["file_hash"], name="newsroom_photo_file"),
            models.Index(
                fields=["consent_until"], condition=Q(consent_until__isnull=False), name="newsroom_photo_consent"
            ),
        ]

    @property
    def ref(self) -> str:
        return f"newsroom.photo:{self.pk}"

    @property
    def rights(self) -> Rights:
        publishable = self.licence is None or self.licence.publishable
        return Rights(title=self.title, shown=self.shown, until=self.consent_until, publishable=publishable)

    @property
    def folded(self) -> str:
        """What the picture is called and shows, without marks, so that "duong" finds "đường" in the chooser."""
        return fold(f"{self.title} {self.alt} {self.credit} {self.place}")

    @property
    def default_alt_text(self) -> str:
        return self.alt


class PhotoRendition(AbstractRendition):
    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="newsroom_rendition_once")
        ]


class PhotoBand(models.Model):
    """One byte of a picture's likeness: pictures that look alike share at least one in its place."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="bands")
    band = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["photo", "band"], name="newsroom_photo_band_once")]
        indexes: ClassVar = [models.Index(fields=["band", "value"], name="newsroom_photo_band")]

    def __str__(self) -> str:
        return f"{self.photo_id} · {self.band}"


class PhotosApart(models.Model):
    """That somebody found two pictures that look alike to be two."""

    first = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="newsroom_photos_apart_once"),
            models.CheckConstraint(name="newsroom_photos_apart_ordered", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"
