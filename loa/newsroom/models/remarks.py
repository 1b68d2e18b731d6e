"""Remarks on passages of stories, with their answers. Wagtail's comments serve pages only."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.people.models import Account

from ..passages import Passage
from .stories import Story


class Remark(models.Model):
    """What somebody says about a passage of one edition, as it was in one version."""

    class Edition(models.TextChoices):
        TITLE = "title", _("title")
        SUMMARY = "summary", _("summary")
        QUESTION = "question", _("question")
        SHORT = "short", _("short edition")
        DEEP = "deep", _("deep edition")
        DESCRIPTION = "media_text", _("what the recording or the picture says, in words")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="remarks")
    revision_id = models.BigIntegerField()
    edition = models.CharField(_("where"), max_length=12, choices=Edition.choices)
    quote = models.TextField(_("passage"))
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("remark"))
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_remark_resolved",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def ref(self) -> str:
        return f"newsroom.remark:{self.pk}"

    @property
    def passage(self) -> Passage:
        return Passage(quote=self.quote, before=self.before, after=self.after)


class RemarkAnswer(models.Model):
    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"))
    author = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return self.text
