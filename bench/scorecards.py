"""How long a figure and a whole scorecard take on PostgreSQL, by the structure of the day and restated."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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
        asked = {
            f"{name}: {measure.key} {label}": partial(
                measure.figures, Ask(path=place, period=year(day.year), structure=structure, as_of=day)
            )
            for label, structure, day in _structures()
        }
        yield from _take_in_turns(asked, "cell")
    yield from _take_in_turns(
        {
            f"{name}: whole card": partial(scorecard, unit.pk, on=world.TODAY),
            f"{name}: whole card of 30/6/2025": partial(scorecard, unit.pk, on=BEFORE),
            f"{name}: whole card of 30/6/2025 restated to today": partial(
                scorecard, unit.pk, on=BEFORE, structure=world.TODAY
            ),
        },
        "card",
    )
    for label, sieve in BOARDS.items():
        ask_board = partial(board, unit.pk, on=world.TODAY, sieve=sieve, limit=500)
        yield from _take_in_turns({f"{name}: board of 500 units {label}": ask_board}, "table")
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


def _take_in_turns(asked: Mapping[str, Callable[[], Any]], kind: str, runs: int = RUNS) -> Iterator[Taken]:
    """Each question by its label, one after the other and again, so that a busy moment meets them all alike.

    The last of three is the second one restated.
    """
    took: dict[str, list[float]] = {label: [] for label in asked}
    for turn in range(runs + 1):
        for label, ask in asked.items():
            begun = time.perf_counter()
            ask()
            if turn:
                took[label].append((time.perf_counter() - begun) * 1000)
    direct = ""
    for number, (label, times) in enumerate(took.items()):
        p95 = quantiles(times, n=20)[18]
        yield Taken(label=label, kind=kind, p50=median(times), p95=p95, direct=direct if number == 2 else "")
        print(f"{label}: median {median(times):.1f} ms, p95 {p95:.1f} ms")
        direct = label


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
