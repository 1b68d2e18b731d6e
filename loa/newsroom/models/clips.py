"""Clips and sounds: what was uploaded, what a worker makes of it, and who is shown."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.people.models import Account, Unit

from ..consent import Rights, Shown
from .keeping import private
from .photos import Licence


class Clip(models.Model):
    """A moving picture or a sound: the file as it came, kept where no address leads to it, and how far it is."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("clip")
        SOUND = "sound", _("sound")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be made ready")
        WORKING = "working", _("being made ready")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made ready")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("owning unit"))
    title = models.CharField(_("name of the clip or sound"), max_length=200)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    folder = models.CharField(max_length=32, unique=True, editable=False)
    """Where its files lie: not to be guessed, so that nobody sees a clip before it is out."""
    source = models.FileField(storage=private, upload_to="clips/", max_length=160)
    source_size = models.PositiveBigIntegerField()
    seconds = models.FloatField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    poster = models.FileField(max_length=160, blank=True)
    subtitles = models.FileField(max_length=160, blank=True)
    """WebVTT, whatever was given."""
    spoken = models.TextField(blank=True, editable=False, default="")
    """What the subtitles say, without their times."""
    credit = models.CharField(_("who made it"), max_length=120, blank=True)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("right of use")
    )
    shown = models.CharField(
        _("people shown or heard"), max_length=8, choices=Shown.choices, default=Shown.UNSAID, blank=True
    )
    consent_proof = models.CharField(_("proof of their consent"), max_length=300, blank=True)
    consent_until = models.DateField(_("consent ends on"), null=True, blank=True)
    withheld_at = models.DateTimeField(null=True)
    """Since when no page shows it: the people shown do not agree, or no longer."""
    reminded_of = models.DateField(null=True, editable=False)
    """The end of the consent that somebody was already asked to see to."""
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    """Percent of the work that is done."""
    claimed_at = models.DateTimeField(null=True)
    """When the worker that has it last gave a sign of life."""
    failure = models.CharField(max_length=300, blank=True)
    """Why it could not be made ready, in a sentence."""
    uploaded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("clip or sound")
        verbose_name_plural = _("clips and sounds")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_clip_consent_proven", condition=~Q(shown="agreed") | ~Q(consent_proof="")
            ),
            models.CheckConstraint(name="newsroom_clip_failure", condition=~Q(state="failed") | ~Q(failure="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="newsroom_clip_unit"),
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "working"]), name="newsroom_clip_to_do"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        return f"newsroom.clip:{self.pk}"

    @property
    def rights(self) -> Rights:
        publishable = self.licence is None or self.licence.publishable
        return Rights(title=self.title, shown=self.shown, until=self.consent_until, publishable=publishable)

    @property
    def smallest(self) -> "ClipFile | None":
        return min(self.files.all(), key=lambda file: file.size, default=None)


class ClipFile(models.Model):
    """A file of a clip in one size, as pages play it."""

    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="files")
    height = models.PositiveSmallIntegerField()
    """0 for a sound."""
    file = models.FileField(max_length=160)
    size = models.PositiveBigIntegerField()
    type = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clip", "height"], name="newsroom_clip_file_once")]

    def __str__(self) -> str:
        return f"{self.clip_id} · {self.height}"
