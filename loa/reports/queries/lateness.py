"""Extensions, and who is to be reminded."""

from datetime import date

from loa.people.policies import Scope

from ..models import Extension


def extension_of(unit_id: int, *, kind: str, first: date) -> Extension | None:
    """The unit's extension for this report: the one that stands, else the last that was refused."""
    found = Extension.objects.filter(unit_id=unit_id, kind=kind, first=first).order_by("-pk")
    return found.exclude(state=Extension.State.REFUSED).first() or found.first()


def extension(pk: int, scope: Scope) -> Extension:
    """Raises Extension.DoesNotExist, also outside the scope."""
    return scope.narrow(Extension.objects.select_related("unit")).get(pk=pk)
