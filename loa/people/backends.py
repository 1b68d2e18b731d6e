"""Django's and Wagtail's question "has this user that permission?", answered by roles held today.

Model permissions of groups are not used: they know models, not units. Which object may be touched is decided by the
scoped viewsets and policies; this backend only says which doors exist for somebody at all.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from loa.base.dates import today

from .models import Account
from .policies import is_staff

BACK_OFFICE = "wagtailadmin.access_admin"


class RoleBackend(BaseBackend):
    def has_perm(self, user_obj: Account | AnonymousUser, perm: str, obj: Any = None) -> bool:
        if perm != BACK_OFFICE:
            return False
        return is_staff(user_obj, on=today(timezone.now()))
