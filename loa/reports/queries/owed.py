"""Who owes what: units with their report, or without one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, FilteredRelation, Q, QuerySet, SmallIntegerField, Value, When

from loa.ledger import queries as ledger
from loa.people import policies as people
from loa.people.policies import Scope, Viewer
from loa.people.roles import Ability

from ..models import Extension, Report
from ..policies import WRITING
from ..terms import Term, by_nearness

if TYPE_CHECKING:
    from loa.people.models import Unit

from .due import owing, own_terms

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One report that a unit owes, whether it exists yet or not."""

    unit_id: int
    code: str
    unit: str
    name_key: str
    synthetic: bool
    term: Term
    on: date
    """The day of the question."""
    report_id: int | None
    state: str
    received_on: date | None
    extension: Extension | None = None

    @property
    def received(self) -> bool:
        return self.received_on is not None

    @property
    def late(self) -> bool:
        return self.received_on is not None and self.received_on > self.term.due_on

    @property
    def returned(self) -> bool:
        """Whether it came back and has to be handed in again."""
        return self.state == Report.State.RETURNED

    @property
    def overdue(self) -> bool:
        return not self.received and self.on > self.term.due_on

    @property
    def state_text(self) -> str:
        return str(Report.State(self.state).label) if self.state else ""


@dataclass(frozen=True, kw_only=True)
class OwedPage:
    rows: list[Owed]
    after: str = ""


RANK = {"": 0, "draft": 0, "returned": 1, "submitted": 2, "accepted": 3}


def owed(term: Term, scope: Scope, *, on: date, after: str = "", limit: int = PAGE) -> OwedPage:
    """Who owes this report within the scope: what is missing first, then by name; paged by key."""
    units = _within(term, scope).annotate(
        rank=Case(
            *[When(report__state=state, then=Value(rank)) for state, rank in RANK.items() if rank],
            default=Value(0),
            output_field=SmallIntegerField(),
        )
    )
    if last := _cursor(after):
        rank, pk, key = last
        beyond = Q(version__name_key__gt=key) | Q(version__name_key=key, pk__gt=pk)
        units = units.filter(Q(rank__gt=rank) | (Q(rank=rank) & beyond))
    rows = owed_rows(units.order_by("rank", "version__name_key", "pk")[: limit + 1], term, on=on)
    last_row = rows[limit - 1] if len(rows) > limit else None
    return OwedPage(
        rows=rows[:limit],
        after=f"{RANK[last_row.state]}.{last_row.unit_id}.{last_row.name_key}" if last_row else "",
    )


def handed_in(term: Term, scope: Scope, *, on: date, limit: int) -> list[Owed]:
    """Reports of this term within the scope that lie with the unit above: waiting first, then accepted ones."""
    there = _within(term, scope).filter(report__state__in=[Report.State.SUBMITTED, Report.State.ACCEPTED])
    return owed_rows(there.order_by("-report__state", "version__name_key", "pk")[:limit], term, on=on)


def to_judge(account: Viewer, scope: Scope, *, limit: int) -> list[Report]:
    """What waits for the account to accept or return it, the longest waiting first: two queries.

    Nobody judges what they had a hand in (`policies.can_judge`), so that those are left out.
    """
    waiting = scope.narrow(Report.objects.filter(state=Report.State.SUBMITTED), unit="judge")
    found = list(waiting.order_by("frozen_at", "pk")[: limit * 2])
    own = set(
        ledger.history(*(report.ref for report in found))
        .filter(kind__in=WRITING, actor=getattr(account, "ref", ""))
        .values_list("subject", flat=True)
    )
    return [report for report in found if report.ref not in own][:limit]


def own_owed(account: Viewer, *, on: date) -> list[Owed]:
    """What the units that the account itself writes for owe these days, the next due day first."""
    found = []
    for term, unit_id in own_terms(account, on=on):
        found += owed_rows(with_report(owing(term).filter(pk=unit_id), term), term, on=on)
    return found


def writable(unit_ids: Sequence[int], account: Viewer, *, on: date) -> set[int]:
    """Those of these units whose reports the account may write: one query."""
    within = people.scope(account, Ability.WRITE_REPORTS, on=on).places()
    return set(within.filter(unit_id__in=unit_ids).values_list("unit_id", flat=True))


@dataclass(frozen=True, kw_only=True)
class Tally:
    due: int
    received: int
    on_time: int
    accepted: int

    @property
    def late(self) -> int:
        return self.received - self.on_time

    @property
    def missing(self) -> int:
        return self.due - self.received


def tally(term: Term, scope: Scope) -> Tally:
    """How many reports of this term are due, received, on time and accepted within the scope; one query."""
    counted = _within(term, scope).aggregate(
        due=Count("pk"),
        received=Count("pk", filter=Q(report__received_on__isnull=False)),
        on_time=Count("pk", filter=Q(report__received_on__lte=term.due_on)),
        accepted=Count("pk", filter=Q(report__state=Report.State.ACCEPTED)),
    )
    return Tally(**counted)


def worked_on(found: Iterable[Term], scope: Scope, *, on: date) -> Term | None:
    """What people within the scope work on these days: of the reports that one of them owes, the one due nearest.

    At most one query for each kind of report; where nobody owes any, the nearest of all.
    """
    closest: dict[str, Term] = {}
    for term in by_nearness(found, on):
        closest.setdefault(term.kind.code, term)
    near = list(closest.values())
    return next((term for term in near if owing_within(term, scope).exists()), next(iter(near), None))


def owing_within(term: Term, scope: Scope) -> "QuerySet[Unit]":
    """The units within the scope that owe this report."""
    return scope.narrow(owing(term), unit="pk")


def _within(term: Term, scope: Scope) -> QuerySet[Any]:
    return with_report(owing_within(term, scope), term)


def with_report(units: "QuerySet[Unit]", term: Term) -> QuerySet[Any]:
    """Units that owe this report, each with its `version` of the due day and its `report`, if there is one."""
    day = term.due_on
    return units.annotate(
        version=FilteredRelation("versions", condition=Q(versions__valid_from__lte=day, versions__valid_to__gt=day)),
        report=FilteredRelation("reports", condition=Q(reports__kind=term.kind.code, reports__first=term.period.first)),
    ).filter(version__isnull=False)


def owed_rows(units: QuerySet[Any], term: Term, *, on: date) -> list[Owed]:
    """The answers for `with_report` units, in their order."""
    found = units.values_list(
        "pk",
        "code",
        "synthetic",
        "version__name",
        "version__name_key",
        "report__pk",
        "report__state",
        "report__received_on",
    )
    return [
        Owed(
            unit_id=pk,
            code=code,
            unit=name,
            name_key=name_key,
            synthetic=synthetic,
            term=term,
            on=on,
            report_id=report_id,
            state=state or "",
            received_on=received_on,
        )
        for pk, code, synthetic, name, name_key, report_id, state, received_on in found
    ]


def _cursor(text: str) -> tuple[int, int, str] | None:
    rank, _, rest = text.partition(".")
    pk, _, key = rest.partition(".")
    return (int(rank), int(pk), key) if rank.isdecimal() and pk.isdecimal() and len(rank + pk) < 19 else None
