"""How long a figure and a whole scorecard take on PostgreSQL, by the structure of the day and restated."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.core.management import call_command
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loa.base.periods import year
from loa.ledger.facts import SYSTEM
from loa.people import queries as people
from loa.people.models import Unit
from loa.planning import planfile, registry
from loa.planning.actions import loading
from loa.planning.protocol import Ask
from loa.planning.scorecard import Sieve, State, board, scorecard

from . import world

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "plans/binh-dinh-2023-2028.yaml"

BEFORE = world.MOVED - timedelta(days=1)
RUNS = 40
LIMITS = {"cell": 150, "table": 500}
NAMES = {"cell": "any cell", "table": "a table of 500 units"}
WORST = 2_000
DHIS2 = "245 ms, 1.8 s, 140–230 s"
BOARDS = {
    "by name": Sieve(),
    "the furthest behind first": Sieve(by="T1"),
    "of one state": Sieve(state=State.BEHIND),
}
"""Ways to ask for the table of all units: the first is paged by the database, the others look at every unit."""


def run(*, units: int, population: int) -> None:
    if connection.vendor != "postgresql":
        # Not a test: a cluster of our own, made for this run and removed after it.
        command = [sys.executable, str(ROOT / "tools/postgresql.py"), sys.executable, "-m", "loa.config.cli", "bench"]
        command += ["scorecard", "--units", str(units), "--people", str(population)]
        sys.exit(subprocess.call(command, cwd=ROOT))
    call_command("migrate", verbosity=0, interactive=False)
    world.make(units=units, people=population)
    loading.load_plan(planfile.read(PLAN.read_text(encoding="utf-8")), by=SYSTEM, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\n{units:,} grassroots unions, {population:,} people, 60 months of counts and stories")
    root = people.unit_with_code(world.ROOT_CODE)
    upper = people.unit_with_code("U0")
    taken = [one for name, unit in (("province", root), ("upper-level union", upper)) for one in _unit(name, unit)]
    _verdict(taken)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """How long one question took, in milliseconds; `direct` names the same question by the structure of its day."""

    label: str
    kind: str
    p50: float
    p95: float
    direct: str = ""


def _unit(name: str, unit: Unit) -> Iterator[Taken]:
    place = people.node(unit.pk, on=world.TODAY).path
    for measure in registry.measures():
        direct = ""
        for label, structure, day in _structures():
            ask = Ask(path=place, period=year(day.year), structure=structure, as_of=day)
            said = f"{name}: {measure.key} {label}"
            yield _take(said, "cell", lambda m=measure, a=ask: m.figures(a), direct if structure != day else "")
            direct = said
    direct = f"{name}: whole card of 30/6/2025"
    yield _take(f"{name}: whole card", "card", lambda: scorecard(unit.pk, on=world.TODAY))
    yield _take(direct, "card", lambda: scorecard(unit.pk, on=BEFORE))
    restated = f"{direct} restated to today"
    yield _take(restated, "card", lambda: scorecard(unit.pk, on=BEFORE, structure=world.TODAY), direct)
    for label, sieve in BOARDS.items():
        ask_board = partial(board, unit.pk, on=world.TODAY, sieve=sieve, limit=500)
        yield _take(f"{name}: board of 500 units {label}", "table", ask_board)
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        scorecard(unit.pk, on=world.TODAY)
    print(f"{name}: whole card, queries: {len(queries)}")


def _structures() -> list[tuple[str, date, date]]:
    return [
        ("today", world.TODAY, world.TODAY),
        ("30/6/2025, structure of its day", BEFORE, BEFORE),
        ("30/6/2025, restated to today", world.TODAY, BEFORE),
    ]


def _take(label: str, kind: str, ask: Callable[[], Any], direct: str = "", runs: int = RUNS) -> Taken:
    ask()
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    one = Taken(label=label, kind=kind, p50=median(took), p95=quantiles(took, n=20)[18], direct=direct)
    print(f"{label}: median {one.p50:.1f} ms, p95 {one.p95:.1f} ms")
    return one


def _verdict(taken: Sequence[Taken]) -> None:
    """The limits of the plan for this release, kept or not, and what DHIS2 has published of itself."""
    slowest = {kind: max((one for one in taken if one.kind == kind), key=lambda one: one.p95) for kind in LIMITS}
    print("\nlimits (p95):")
    for kind, limit in LIMITS.items():
        one = slowest[kind]
        print(f"  {NAMES[kind]} < {limit:,} ms: {_kept(one.p95 < limit)}, {one.p95:.1f} ms ({one.label})")
    worst = max(taken, key=lambda one: one.p95)
    print(f"  the worst question < {WORST:,} ms: {_kept(worst.p95 < WORST)}, {worst.p95:.1f} ms ({worst.label})")
    by_label = {one.label: one for one in taken}
    ratios = [(one.p50 / by_label[one.direct].p50, one) for one in taken if one.direct]
    ratio, one = max(ratios, key=lambda pair: pair[0])
    print(f"  restated at most twice the direct one (medians): {_kept(ratio <= 2)}, {ratio:.2f} times ({one.label})")
    print(f"beside it, as DHIS2 has published of itself, not measured here: {DHIS2}")


def _kept(kept: bool) -> str:
    return "kept" if kept else "NOT KEPT"
