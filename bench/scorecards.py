"""How long a figure and a whole scorecard take on PostgreSQL, by the structure of the day and restated."""

import subprocess
import sys
import time
from collections.abc import Callable
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
from loa.planning import planfile, registry
from loa.planning.actions import loading
from loa.planning.protocol import Ask
from loa.planning.scorecard import Sieve, State, board, scorecard

from . import world

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "plans/binh-dinh-2023-2028.yaml"

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
    for name, unit in (("province", root), ("upper-level union", upper)):
        place = people.node(unit.pk, on=world.TODAY).path
        for measure in registry.measures():
            for label, structure, day in _structures():
                ask = Ask(path=place, period=year(day.year), structure=structure, as_of=day)
                _print(f"{name}: {measure.key} {label}", lambda m=measure, a=ask: m.figures(a))
        _print(f"{name}: whole card", lambda u=unit: scorecard(u.pk, on=world.TODAY))
        _print(
            f"{name}: whole card of 30/6/2025 restated to today",
            lambda u=unit: scorecard(u.pk, on=world.MOVED.replace(month=6, day=30), structure=world.TODAY),
        )
        for label, sieve in BOARDS.items():
            _print(
                f"{name}: board of 500 units {label}",
                lambda u=unit, s=sieve: board(u.pk, on=world.TODAY, sieve=s, limit=500),
            )
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            scorecard(unit.pk, on=world.TODAY)
        print(f"{name}: whole card, queries: {len(queries)}")


def _structures() -> list[tuple[str, Any, Any]]:
    before = world.MOVED.replace(month=6, day=30)
    return [
        ("today", world.TODAY, world.TODAY),
        ("30/6/2025, structure of its day", before, before),
        ("30/6/2025, restated to today", world.TODAY, before),
    ]


def _print(label: str, ask: Callable[[], Any], runs: int = 15) -> None:
    ask()
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    print(f"{label}: median {median(took):.1f} ms, p95 {quantiles(took, n=20)[18]:.1f} ms")
