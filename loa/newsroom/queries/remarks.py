"""Remarks on passages, with where the passages stand now."""

from dataclasses import dataclass

from django.db.models import Prefetch

from ..models import Remark, RemarkAnswer, Story
from ..passages import Found, locate


@dataclass(frozen=True, kw_only=True)
class RemarkShown:
    """A remark with its answers, and where its passage stands in the version shown (None: its words are gone)."""

    remark: Remark
    found: Found | None
    answers: list[RemarkAnswer]


def remarks(story: Story, latest: Story) -> list[RemarkShown]:
    """Those on a story, open ones first, then in the order of time: two queries."""
    answers = RemarkAnswer.objects.select_related("author").order_by("pk")
    shown = Remark.objects.filter(story=story).select_related("author", "resolved_by")
    texts = latest.editions
    found = [
        RemarkShown(remark=one, found=locate(texts[one.edition], one.passage), answers=list(one.answers.all()))
        for one in shown.prefetch_related(Prefetch("answers", answers)).order_by("pk")
    ]
    return sorted(found, key=lambda one: one.remark.resolved_at is not None)


def remark(pk: int) -> Remark:
    """Raises Remark.DoesNotExist."""
    return Remark.objects.select_related("story").get(pk=pk)
