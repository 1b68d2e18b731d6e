"""Who signs in (allauth's answer), and "has this user that permission?" of Django and Wagtail: by roles held today.

Model permissions of groups are not used: they know models, not units. Which object may be touched is decided by the
scoped viewsets and policies; this backend only says which doors exist for somebody at all.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.permissions import policy_registry

from loa.base.dates import today

from .models import Account
from .policies import is_staff

BACK_OFFICE = "wagtailadmin.access_admin"


class RoleBackend(AuthenticationBackend):
    """The only backend, so that no other can grant what roles do not."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False

    def has_perm(self, user_obj: Account | AnonymousUser, perm: str, obj: Any = None) -> bool:
        """The back office for staff; "newsroom.publish_story" for whoever may publish some story; nothing else.

        Wagtail asks by name where it draws buttons; what the button does asks the policy of the object again.
        """
        if perm == BACK_OFFICE:
            return is_staff(user_obj, on=today(timezone.now()))
        app_label, _, codename = perm.partition(".")
        action, _, model_name = codename.rpartition("_")
        try:
            model = apps.get_model(app_label, model_name)
        except (LookupError, ValueError):
            return False
        policy = policy_registry.get_by_type(model, fallback=False)
        if not getattr(policy, "decided_by_roles", False):
            return False
        if obj is not None:
            return bool(policy.user_has_permission_for_instance(user_obj, action, obj))
        return bool(policy.user_has_permission(user_obj, action))
