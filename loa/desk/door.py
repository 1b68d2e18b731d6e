"""The door of the back office: closed, except for what was opened on purpose.

Wagtail brings some two hundred addresses with it and more with each release; they ask for rights by model, if at all.
Only four kinds of addresses let anybody but a superuser in: our own screens, the views of scoped viewsets, the few of
Wagtail's in `OPEN`, and its pictures, one by one.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from loa.base.dates import today
from loa.ledger import actions as ledger
from loa.people.policies import is_staff, remember
from loa.people.screens import refused

from .events import SuperuserActed

BACK_OFFICE = "quan-tri/"

STAGE = frozenset({"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"})
"""Icons and texts: nothing of anybody's."""

INSTEAD = {"wagtailadmin_login": "account_login", "wagtailadmin_account": "mfa_index"}
"""Wagtail's own forms know neither phone numbers nor the second factor."""

OPEN = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_logout",
        "wagtailadmin_dismissibles",
        # How everything is done: nothing of anybody's.
        "desk:guide",
        "desk:guide-page",
        "desk:guide-picture",
        # Who else is editing: Wagtail asks the policy of the object for "change".
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        # Forms for a link, empty.
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
    }
)

PICTURES = {
    "wagtailimages_chooser:choose": "choose",
    "wagtailimages_chooser:choose_results": "choose",
    "wagtailimages_chooser:chosen": "choose",
    "wagtailimages_chooser:chosen_multiple": "choose",
    "wagtailimages_chooser:select_format": "choose",
    "wagtailimages_chooser:create": "add",
    "wagtailimages:edit": "change",
}
"""Address → what one must be allowed to do with the picture it names, or with some picture."""

MOVED = {"wagtailimages:edit": ("newsroom:photo", "image_id")}
"""Address of Wagtail's → the screen of ours that does more, and the parameter with the key."""

SILENT = frozenset(
    {"wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release", "wagtailadmin_dismissibles"}
)
"""What browsers send by themselves: not an act of anybody."""

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Door:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the request pass to its view."""
        match = request.resolver_match
        if not match.route.startswith(BACK_OFFICE) or match.view_name in STAGE:
            return None
        if match.view_name in INSTEAD:
            return HttpResponseRedirect(resolve_url(INSTEAD[match.view_name]))
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        on = today(timezone.now())
        remember(request.user, on=on)
        if request.user.is_superuser:
            _record_act(request, match.view_name)
            return _moved(match.view_name, kwargs)
        if is_staff(request.user, on=on) and _opens(request, view, match.view_name, kwargs):
            return _moved(match.view_name, kwargs)
        return refused(request)


def _moved(name: str, kwargs: dict[str, Any]) -> HttpResponse | None:
    if name not in MOVED:
        return None
    there, key = MOVED[name]
    return redirect(there, kwargs[key])


def _opens(request: Any, view: Any, name: str, kwargs: dict[str, Any]) -> bool:
    if hasattr(view, "ability") or hasattr(view, "guarded_by") or name in OPEN:
        return True
    return name in PICTURES and _may_handle_picture(request, PICTURES[name], kwargs)


def _may_handle_picture(request: Any, action: str, kwargs: dict[str, Any]) -> bool:
    policy = policy_registry.get_by_type(get_image_model())
    key = kwargs.get("image_id", kwargs.get("pk"))
    if key is None:
        return bool(policy.user_has_permission(request.user, action))
    own = policy.instances_user_has_any_permission_for(request.user, [action])
    if not (str(key).isdecimal() and own.filter(pk=key).exists()):
        raise Http404
    return True


def _record_act(request: Any, name: str) -> None:
    if name and request.method in CHANGING and name not in SILENT:
        with transaction.atomic():
            fact = SuperuserActed(subject=request.user.ref, screen=name)
            ledger.record(fact, by=request.user, at=timezone.now())
