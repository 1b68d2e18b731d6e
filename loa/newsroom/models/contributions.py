"""What workers send in: a text, photos, a recording of their voice."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.people.models import Account, Unit

from .clips import Clip
from .keeping import private
from .photos import Photo
from .stories import Story


class Contribution(models.Model):
    """Something that a worker sent in, from its receipt to its answer, then erased.

    Without a name means without a name: neither account nor telephone number is kept with it.
    """

    class Credit(models.TextChoices):
        NONE = "none", _("without my name")
        WRITTEN = "written", _("with this name")

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        READING = "reading", _("being read")
        USED = "used", _("made into a story")
        DECLINED = "declined", _("not used")

    once = models.UUIDField(unique=True, editable=False)
    """Made with the form: a telephone that sends twice over a poor line has sent once."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    """Whose newsroom reads it: the unit that was named, or the root of the tree."""
    workplace = models.CharField(_("where you work"), max_length=160, blank=True)
    text = models.TextField(_("what happened"))
    credit = models.CharField(max_length=8, choices=Credit.choices, default=Credit.NONE)
    credit_name = models.CharField(_("name to be shown"), max_length=120, blank=True)
    contact = models.CharField(_("telephone number, in case we need to ask"), max_length=40, blank=True)
    people_agreed = models.BooleanField(_("the people in the photos agree"), default=False)
    voice_agreed = models.BooleanField(_("the sender agrees to be heard"), default=False)
    """Said by the sender, and taken back at any time, also after the rest was erased."""
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    """Who was signed in, unless they wanted no name."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField()
    taken_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, null=True, related_name="contributions")
    clip = models.ForeignKey(Clip, on_delete=models.SET_NULL, null=True, related_name="+")
    """The sound of the story that the recording became."""
    reason = models.CharField(max_length=500, blank=True)
    """Why it was not used, for whoever sent it."""
    decided_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    synthetic = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_contribution_nameless",
                condition=~Q(credit="none") | Q(credit_name="", contact="", account__isnull=True),
            ),
            models.CheckConstraint(
                name="newsroom_contribution_decided",
                condition=Q(state__in=["received", "reading"], decided_at__isnull=True)
                | Q(state="used", decided_at__isnull=False, story__isnull=False)
                | (Q(state="declined", decided_at__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="newsroom_contribution_heard_in_story", condition=Q(clip__isnull=True) | Q(story__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="newsroom_contribution_unit"),
            models.Index(
                fields=["decided_at"], condition=Q(erased_at__isnull=True), name="newsroom_contribution_answered"
            ),
        ]

    def __str__(self) -> str:
        return self.beginning

    @property
    def ref(self) -> str:
        return f"newsroom.contribution:{self.pk}"

    @property
    def beginning(self) -> str:
        """Its first words, by which people know it again."""
        first = next((line for line in self.text.splitlines() if line.strip()), "")
        return first if len(first) <= 90 else f"{first[:88].rsplit(' ', 1)[0]} …"

    @property
    def open(self) -> bool:
        return self.state in {self.State.RECEIVED, self.State.READING}

    @property
    def voice(self) -> "ContributionFile | None":
        return next((file for file in self.files.all() if file.kind == ContributionFile.Kind.VOICE), None)


class ContributionFile(models.Model):
    """A photo or a recording that came with a contribution; kept where no address leads to it."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        VOICE = "voice", _("voice recording")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    file = models.FileField(storage=private, upload_to="contributions/", max_length=160)
    type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    photo = models.ForeignKey(Photo, on_delete=models.SET_NULL, null=True, related_name="+")
    """What it became in the library."""

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="newsroom_contribution_file", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.kind}"
