"""Roles, and what they allow. A role is held on a unit and reaches its subtree as it is today; all else is denied."""

from enum import StrEnum

from django.utils.translation import pgettext_lazy


class Ability(StrEnum):
    """A verb of the work. Policies of every module ask for one of these on a unit."""

    SEE_FIGURES = "see-figures"
    SEE_PEOPLE = "see-people"
    IMPORT = "import"
    MANAGE_UNITS = "manage-units"
    MANAGE_ACCOUNTS = "manage-accounts"
    MANAGE_PLAN = "manage-plan"
    DO_TASKS = "do-tasks"
    TELL_NEWS = "tell-news"
    """A few sentences and a picture of one's own unit, handed in for approval; without the editor (decision 24)."""
    WRITE_STORIES = "write-stories"
    APPROVE_STORIES = "approve-stories"
    PUBLISH_STORIES = "publish-stories"
    """Without the workflow, and corrections: apart from agreeing to a step, and from writing."""
    MANAGE_NEWSROOM = "manage-newsroom"
    WRITE_REPORTS = "write-reports"
    ACCEPT_REPORTS = "accept-reports"


_READER = {Ability.SEE_FIGURES}
_WRITER = _READER | {Ability.WRITE_STORIES, Ability.DO_TASKS}

ROLES: dict[str, frozenset[Ability]] = {
    "chair": frozenset(_READER | {Ability.SEE_PEOPLE, Ability.DO_TASKS, Ability.WRITE_REPORTS, Ability.TELL_NEWS}),
    "writer": frozenset(_WRITER),
    "officer": frozenset(_WRITER | {Ability.SEE_PEOPLE, Ability.WRITE_REPORTS}),
    "approver": frozenset(_WRITER | {Ability.APPROVE_STORIES, Ability.PUBLISH_STORIES}),
    "registrar": frozenset(_READER | {Ability.SEE_PEOPLE, Ability.IMPORT}),
    "planner": frozenset(
        _WRITER
        | {Ability.APPROVE_STORIES, Ability.PUBLISH_STORIES, Ability.MANAGE_NEWSROOM}
        | {Ability.MANAGE_PLAN, Ability.ACCEPT_REPORTS}
    ),
    "leader": frozenset(_READER | {Ability.APPROVE_STORIES, Ability.ACCEPT_REPORTS}),
    "auditor": frozenset(_READER),
    "administrator": frozenset(Ability),
}
"""Role → abilities. The names people see are in `NAMES`."""

NAMES = {
    "chair": pgettext_lazy("role", "chair"),
    "writer": pgettext_lazy("role", "writer"),
    "officer": pgettext_lazy("role", "officer"),
    "approver": pgettext_lazy("role", "approver"),
    "registrar": pgettext_lazy("role", "registrar"),
    "planner": pgettext_lazy("role", "planner"),
    "leader": pgettext_lazy("role", "leader"),
    "auditor": pgettext_lazy("role", "auditor"),
    "administrator": pgettext_lazy("role", "administrator"),
}


def allowed(role: str) -> frozenset[Ability]:
    """What `role` allows: nothing, when there is no such role."""
    return ROLES.get(role, frozenset())


def with_ability(ability: Ability) -> list[str]:
    """The roles that allow `ability`."""
    return [role for role, abilities in ROLES.items() if ability in abilities]
