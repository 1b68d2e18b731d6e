"""Who decides besides the approvers themselves: deputies, and people asked by a link."""

from datetime import date

from django.db.models import Q, QuerySet

from loa.people.models import Account
from loa.people.policies import accounts_with, scope, units_on
from loa.people.roles import Ability

from ..models import ApprovalLink, Deputy, Story


def deputies_of(account: Account, *, on: date) -> QuerySet[Deputy]:
    """Those that `account` named or that stand for it, and those for whom it stands, not yet over."""
    mine = Q(absentee=account) | Q(deputy=account) | Q(named_by=account)
    shown = Deputy.objects.filter(mine, last_on__gte=on, ended_at__isnull=True)
    return shown.select_related("absentee", "deputy").order_by("first_on", "pk")


def approvers_near(account: Account, *, on: date) -> QuerySet[Account]:
    """Whom `account` may name: those who approve on its own units, above them or below them; by name."""
    reach = scope(account, Ability.APPROVE_STORIES, on=on)
    everyone = accounts_with({Ability.APPROVE_STORIES}, on=on)
    if not reach.everything:
        above = {unit_id for path in reach.paths for unit_id in units_on(path)}
        near = Q(grants__unit_id__in=above) | Q(grants__unit_id__in=reach.places().values("unit_id"))
        near |= Q(person__duties__unit_id__in=above)
        everyone = everyone.filter(near).distinct()
    return everyone.exclude(pk=account.pk).order_by("name", "pk")


def links_of(story: Story) -> QuerySet[ApprovalLink]:
    """The links that were made for a story, newest first."""
    return ApprovalLink.objects.filter(story=story).select_related("asked_by").order_by("-pk")


def link_by_key(pk: int) -> ApprovalLink:
    """Raises ApprovalLink.DoesNotExist."""
    return ApprovalLink.objects.select_related("story", "asked_by").get(pk=pk)
