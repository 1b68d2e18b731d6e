"""The home screen and the menu of the back office."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import DismissibleMenuItem, Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component
from wagtail.rich_text.feature_registry import FeatureRegistry

from loa.base.dates import today
from loa.base.text import given_name
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.ui import looks

from . import guides, menu, panels
from .urls import desk_urls

PAGE_TREE = "explorer"
"""Wagtail's pages: Loa has none, its stories are not pages."""


class TodayPanel(Component):
    """What waits for the account that looks."""

    order = 0
    template_name = "desk/today.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, on = parent_context["request"].user, today(timezone.now())
        return {
            "home": panels.home(user, on=on),
            "today": on,
            "name": given_name(str(user)) if user.person_id else str(user),
            "starts": menu.starts(user, on=on),
            "guides": guides.of_roles(user, on=on),
        }


@hooks.register("register_admin_urls")
def screens() -> list[URLResolver]:
    return [path("", include((desk_urls, "desk")))]


@hooks.register("construct_homepage_panels")
def only_what_waits(request: HttpRequest, shown: list[Any]) -> None:
    shown[:] = [TodayPanel()]


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, shown: list[Any]) -> None:
    shown[:] = []


@hooks.register("construct_main_menu")
def our_menu(request: Any, shown: list[MenuItem]) -> None:
    """Our entries in the order of the work; after them Wagtail's own, under one heading and for superusers only."""
    rest = [item for item in shown if request.user.is_superuser and item.name != PAGE_TREE]
    shown[:] = menu.items(request.user, here=request.path, on=today(timezone.now()))
    if rest:
        shown.append(SubmenuMenuItem(_("Engine room"), Menu(items=rest), name="wagtail", icon_name="cogs", order=99))


@hooks.register("construct_help_menu")
def no_help_elsewhere(request: Any, shown: list[MenuItem]) -> None:
    """Our guide is the help; Wagtail's leads to English pages of other machines."""
    shown[:] = [item for item in shown if not isinstance(item, DismissibleMenuItem)]


class StorySearch(SearchArea):
    """The search box above the menu finds stories; Wagtail would take the first of its own lists, which are closed."""

    def is_shown(self, request: Any) -> bool:
        return bool(scope(request.user, Ability.WRITE_STORIES, on=today(timezone.now())))


@hooks.register("register_admin_search_area")
def search_for_stories() -> SearchArea:
    return StorySearch(_("Stories"), reverse("newsroom_story:list"), name="stories", icon_name="doc-full", order=-1)


@hooks.register("register_rich_text_features", order=10)
def links_to_addresses(features: FeatureRegistry) -> None:
    """The button for links opens the form for an address: Wagtail's pages, its first choice, are not ours.

    Registered again as a whole, after Wagtail's own, because a plugin cannot be looked up while they are registered.
    """
    forms = {
        name: reverse_lazy(f"wagtailadmin_choose_page_{name}_link") for name in ("external", "email", "phone", "anchor")
    }
    feature = EntityFeature(
        {
            "type": "LINK",
            "icon": "link",
            "description": _("Link"),
            "attributes": ["url"],
            "allowlist": {"href": "^(http:|https:|mailto:|tel:|#|undefined$)"},
            "chooserUrls": {"pageChooser": forms["external"]}
            | {f"{name}LinkChooser": address for name, address in forms.items()},
        },
        js=["wagtailadmin/js/page-chooser-modal.js"],
    )
    features.register_editor_plugin("draftail", "link", feature)


@hooks.register("construct_snippet_action_menu")
def no_unpublishing(shown: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """What was published is withdrawn on its own page, with a reason for readers."""
    shown[:] = [item for item in shown if item.name != "action-unpublish"]


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    """Wagtail's screens in our colours, fit for a phone, and usable without JavaScript."""
    sheet = looks.current().sheet
    return format_html(
        '<link rel="stylesheet" href="{}"><noscript><link rel="stylesheet" href="{}"></noscript>{}',
        static("desk/wagtail.css"),
        static("desk/without-scripts.css"),
        format_html('<link rel="stylesheet" href="{}">', sheet) if sheet else "",
    )


@hooks.register("insert_global_admin_js")
def our_scripts() -> SafeString:
    """Addresses made in the browser are those that the server would make; what is typed during a save is saved, too."""
    return format_html(
        '<script type="module" src="{}"></script><script type="module" src="{}"></script>',
        static("base/admin-slug.js"),
        static("desk/saving.js"),
    )
