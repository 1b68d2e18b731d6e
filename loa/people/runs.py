"""What can be asked about imports: those within somebody's part of the tree, newest first."""

from django.db.models import QuerySet

from .models import ImportRow, ImportRun, Unit
from .policies import Scope, units_on

PAGE = 30


def runs(scope: Scope) -> QuerySet[ImportRun]:
    """Runs over the whole tree (without a unit) are the administrator's."""
    return scope.narrow(ImportRun.objects.select_related("unit", "started_by"))


def previewed(scope: Scope, *, limit: int) -> list[ImportRun]:
    """Those that were read and wait for somebody to agree, the oldest first."""
    return list(runs(scope).filter(state=ImportRun.State.PREVIEW).order_by("started_at", "pk")[:limit])


def page_of(found: QuerySet[ImportRun], *, before: int) -> tuple[list[ImportRun], int | None]:
    """A page of runs older than the key `before` (0: the newest), and the key after which the next page begins."""
    older = found.filter(pk__lt=before) if before else found
    page = list(older.order_by("-pk")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None


def samples(run: ImportRun, *, most: int) -> list[tuple[ImportRow.Outcome, list[ImportRow]]]:
    """The first lines of each outcome that has any."""
    by_outcome = [
        (outcome, list(run.rows.filter(outcome=outcome).order_by("number")[:most])) for outcome in ImportRow.Outcome
    ]
    return [(outcome, rows) for outcome, rows in by_outcome if rows]


def own_units(scope: Scope) -> list[Unit]:
    """The topmost units of the scope: into one of them, with all below it, a list can be imported."""
    return list(Unit.objects.filter(pk__in=[units_on(path)[-1] for path in scope.paths]).order_by("code"))
