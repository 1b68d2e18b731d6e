"""The steps of approval, in Wagtail's workflow: the unit first, then the province where a rule asks for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from loa.base.dates import today
from loa.people.models import Account, UnitKind, UnitVersion
from loa.people.models.units import SEGMENT
from loa.people.policies import scope
from loa.people.roles import Ability

from .. import moderation
from .lists import Theme
from .stories import Story


class ProvinceRuleQuerySet(models.QuerySet["ProvinceRule"]):
    def ask_for(self, *, kind: str, unit_id: int, on: date, themes: Iterable[Theme] = ()) -> Self:
        """The rules that send a story of this kind and these themes from this unit to the province."""
        version = UnitVersion.objects.filter(unit_id=unit_id, valid_from__lte=on).order_by("-valid_from")
        of_unit = Q(unit_kind__isnull=True) | Q(unit_kind__in=version.values("kind")[:1])
        of_theme = Q(theme__isnull=True) | Q(theme__in=[theme.pk for theme in themes])
        return self.filter(of_unit, of_theme, Q(kind="") | Q(kind=kind))


class ProvinceRule(models.Model):
    """That stories of a kind, from units of a kind, are approved by the province as well. An empty field means any.

    Data and not code: a federation that lets its units publish by themselves deletes the rule.
    """

    kind = models.CharField(_("kind of story"), max_length=10, choices=Story.Kind.choices, blank=True)
    unit_kind = models.ForeignKey(
        UnitKind, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kind of unit")
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )

    objects = ProvinceRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for approval by the province")
        verbose_name_plural = _("rules for approval by the province")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "kind",
                Coalesce("unit_kind", Value(0)),
                Coalesce("theme", Value(0)),
                name="newsroom_rule_once",
                violation_error_message=_("There is such a rule already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind or '*'} · {self.unit_kind or '*'} · {self.theme or '*'}"

    @property
    def ref(self) -> str:
        return f"newsroom.provincerule:{self.pk}"


class UnitApproval(Task):
    """A step of the workflow that is decided by our own rights and not by Wagtail's groups."""

    class Level(models.TextChoices):
        UNIT = "unit", _("the unit")
        PROVINCE = "province", _("the province")

    level = models.CharField(_("who approves"), max_length=8, choices=Level.choices, unique=True)
    within_hours = models.PositiveSmallIntegerField(
        _("hours within which to decide"), null=True, blank=True, help_text=_("Without a number there is no due time.")
    )
    warn_hours = models.PositiveSmallIntegerField(_("hours before that from which it is urgent"), default=0)
    admin_form_fields: ClassVar = [*Task.admin_form_fields, "level"]

    class Meta:
        verbose_name = _("approval by unit")
        verbose_name_plural = _("approvals by unit")

    def may_decide(self, story: Story, account: Any, *, on: date) -> bool:
        """Whether `account` may approve or return `story` at this step."""
        return self.whose_right(story, account, on=on) is not None

    def whose_right(self, story: Story, account: Any, *, on: date) -> Account | None:
        """Whose right the decision would be: that of `account`, or of somebody absent whose deputy it is."""
        return moderation.whose_right(
            account,
            unit_id=story.unit_id,
            written_by=writers(story),
            on=on,
            at_root=self.level == self.Level.PROVINCE,
        )

    @property
    def ref(self) -> str:
        return f"newsroom.unitapproval:{self.pk}"

    def waiting_for(self, account: Account, *, on: date, absent: Iterable[Account] = ()) -> QuerySet[TaskState]:
        """What `may_decide` answers, for all stories waiting at this step at once.

        `absent` are those for whom `account` decides that day (`moderation.absent`).
        """
        waiting: QuerySet[TaskState] = TaskState.objects.none()
        for one in [account, *absent]:
            waiting = waiting | self._in_reach_of(one, account, on=on)
        return waiting

    def _in_reach_of(self, one: Account, deciding: Account, *, on: date) -> QuerySet[TaskState]:
        """What the right of `one` reaches, without what either of the two wrote or handed in."""
        reach = scope(one, Ability.APPROVE_STORIES, on=on)
        if self.level == self.Level.PROVINCE:
            reach = replace(reach, paths=tuple(path for path in reach.paths if len(path) == SEGMENT))
        waiting: QuerySet[TaskState] = TaskState.objects.none()
        if not reach:
            return waiting
        others = Story.objects.exclude(author__in={one.pk, deciding.pk})
        stories = reach.narrow(others.annotate(key=Cast("pk", models.CharField())))
        by_others = TaskState.objects.exclude(workflow_state__requested_by__in={one.pk, deciding.pk})
        found: QuerySet[TaskState] = by_others.filter(
            task=self,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=Story.get_base_content_type(),
            workflow_state__object_id__in=stories.values("key"),
        )
        return found

    def applies_to(self, story: Story, *, on: date) -> bool:
        """The step of the province is left out where nobody asks for it, and for stories of the root unit itself."""
        if self.level == self.Level.UNIT:
            return True
        if moderation.is_root(story.unit_id, on=on):
            return False
        themes = story.themes.all()
        asked = ProvinceRule.objects.ask_for(kind=story.kind, unit_id=story.unit_id, on=on, themes=themes)
        return story.needs_province or asked.exists()

    # What follows is asked by Wagtail, which has no argument for the day: here is the edge where it is looked up.

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        state: TaskState = super().start(workflow_state, user=user)
        story = workflow_state.content_object.get_latest_revision_as_object()
        if not self.applies_to(story, on=today(timezone.now())):
            state.status = TaskState.STATUS_SKIPPED
            state.save(update_fields=["status"])
        return state

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        if not self.may_decide(task_state.workflow_state.content_object, user, on=today(timezone.now())):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Story, user: Any) -> bool:
        return self.may_decide(obj, user, on=today(timezone.now()))

    def locked_for_user(self, obj: Story, user: Any) -> bool:
        """What is being judged does not change under the judge's eyes; the judge may correct a word."""
        return not self.may_decide(obj, user, on=today(timezone.now()))

    def user_can_lock(self, obj: Story, user: Any) -> bool:
        return self.may_decide(obj, user, on=today(timezone.now()))

    def get_actions(self, obj: Story, user: Any) -> Sequence[tuple[str, Any, bool]]:
        """Name, label, and whether Wagtail asks for a remark first."""
        if not self.may_decide(obj, user, on=today(timezone.now())):
            return []
        return [("reject", _("Return with a remark"), True), ("approve", _("Approve"), False)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        return self.waiting_for(user, on=today(timezone.now()))

    @classmethod
    def get_description(cls) -> str:
        return str(_("Whoever approves stories for the unit decides, or whoever does so for the province."))


def writers(story: Story) -> set[int]:
    """Those who may not approve it: who began the story and who handed it in."""
    state = story.current_workflow_state
    handed_in = {state.requested_by_id} if state and state.requested_by_id else set()
    return handed_in | ({story.author_id} if story.author_id else set())
