"""Approval by somebody without an account, through a link that names one version and is good for one decision."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.people.models import Account

from .stories import Story


class ApprovalLink(models.Model):
    """That an approver asked somebody, by name and post, to decide about one version of a story in their place."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned to its writer")

    class State(models.TextChoices):
        """What the page says; worked out by `state`, stored nowhere."""

        OPEN = "open", _("waiting")
        USED = "used", _("decided")
        REVOKED = "revoked", _("taken back")
        EXPIRED = "expired", _("past its time")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="approval_links")
    revision_id = models.BigIntegerField()
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of that revision's content: an editor may overwrite a revision, the link then opens nothing."""
    task_state_id = models.BigIntegerField()
    name = models.CharField(_("name"), max_length=120)
    post = models.CharField(_("post"), max_length=120)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    """Whose right to decide is used."""
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    remark = models.TextField(blank=True)

    class Meta:
        verbose_name = _("approval by link")
        verbose_name_plural = _("approvals by link")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_link_decided",
                condition=Q(decided_at__isnull=True, decision="") | (Q(decided_at__isnull=False) & ~Q(decision="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"

    @property
    def ref(self) -> str:
        return f"newsroom.approvallink:{self.pk}"

    def state(self, at: datetime) -> str:
        if self.decided_at:
            return self.State.USED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.EXPIRED if at >= self.expires_at else self.State.OPEN

    @property
    def version(self) -> Any:
        """The story exactly as the link shows it."""
        return self.story.revisions.get(pk=self.revision_id).as_object()
