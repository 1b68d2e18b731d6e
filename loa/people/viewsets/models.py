"""The bases that modules subclass for what staff list, create and edit."""

from functools import cached_property
from typing import Any

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from ..roles import Ability
from .guards import Guarded, View, actions_of, guarded
from .policy import ScopedPolicy


def _construct(viewset: Any, policy: ScopedPolicy, construct: Any, view_class: type, **kwargs: Any) -> View:
    narrowed = type(view_class.__name__, (Guarded, view_class), {"scoped_policy": policy})
    return guarded(construct(narrowed, **kwargs), policy=policy, actions=actions_of(view_class))


class Scoped:
    """Say `see`, `change`, `publish` and `unit_path`, and every view asks for them on each object."""

    model: Any
    see: Ability
    change: Ability
    publish: Ability | None = None
    delete: Ability | None = None
    """Who may delete; nobody unless said."""
    unit_path: str = "unit"
    search_backend_name: str | None = None
    """Lists are searched in the database, in the fields of `search_fields`: our texts are folded there."""
    copy_view_enabled = False

    @cached_property
    def scoped_policy(self) -> ScopedPolicy:
        return ScopedPolicy(
            self.model,
            see=self.see,
            change=self.change,
            publish=self.publish,
            delete=self.delete,
            unit=self.unit_path,
        )

    def construct_view(self, view_class: type, **kwargs: Any) -> View:
        return _construct(self, self.scoped_policy, super().construct_view, view_class, **kwargs)  # type: ignore[misc]

    def on_register(self) -> None:
        register_permission_policy(self.model, self.scoped_policy, exact_class=True)
        super().on_register()  # type: ignore[misc]


class ScopedChooserViewSet(SnippetChooserViewSet):
    """The chooser of a scoped viewset: lists and finds only what the account may see."""

    scoped_policy: ScopedPolicy

    def construct_view(self, view_class: type, **kwargs: Any) -> View:
        return _construct(self, self.scoped_policy, super().construct_view, view_class, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        """Without a form for creating, its address would only fail."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class ScopedModelViewSet(Scoped, ModelViewSet):
    """For plain models."""


class ScopedSnippetViewSet(Scoped, SnippetViewSet):
    """For models with drafts, revisions, workflow, locking or preview."""

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Where a screen lies, told in the reader's language: Wagtail's own speaks that of whoever came first."""
        return list(WagtailAdminTemplateMixin.breadcrumbs_items)

    @property
    def chooser_viewset_class(self) -> type:
        return type("ScopedChooserViewSet", (ScopedChooserViewSet,), {"scoped_policy": self.scoped_policy})
