"""The one scoped base of all viewsets: Wagtail asks about models, these ask about objects (docs/decisions/0008)."""

from .guards import Guarded, guarded
from .models import ScopedModelViewSet, ScopedSnippetViewSet
from .policy import ScopedPolicy

__all__ = ["Guarded", "ScopedModelViewSet", "ScopedPolicy", "ScopedSnippetViewSet", "guarded"]
