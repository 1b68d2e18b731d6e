"""`loa bench NAME`: measurements, each beside a limit taken in the same run. They live in bench/ of the source tree."""

import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

TREE = Path(__file__).resolve().parents[4]


class Command(BaseCommand):
    help = "Measure: import | recount | pages | scorecard | screens | search | view."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = parser.add_subparsers(dest="name", required=True)
        imports = names.add_parser("import", help="rows a second, beside the bare reader")
        imports.add_argument("--rows", type=int, default=130_000)
        pages = names.add_parser("pages", help="requests a second, beside a static file")
        pages.add_argument("--port", type=int, default=8765)
        pages.add_argument("--seconds", type=float, default=5)
        scorecard = names.add_parser("scorecard", help="one figure and a whole card on PostgreSQL")
        scorecard.add_argument("--units", type=int, default=1_000)
        scorecard.add_argument("--people", type=int, default=100_000)
        recount = names.add_parser("recount", help="random figures counted again by plain code; must not differ")
        recount.add_argument("--figures", type=int, default=1_000)
        recount.add_argument("--seed", type=int, default=1)
        search = names.add_parser("search", help="search among many stories on PostgreSQL, beside a plain LIKE")
        search.add_argument("--stories", type=int, default=200_000)
        names.add_parser("screens", help="queries and time of every screen")
        view = names.add_parser("view", help="the first view on a poor line and a slow telephone, in Chromium")
        view.add_argument("--port", type=int, default=8775)

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        if not (TREE / "bench").is_dir():
            raise CommandError("The benchmarks are in the source tree, which is not here.")
        sys.path.insert(0, str(TREE))
        if name == "import":
            import_module("bench.imports").run(rows=options["rows"])
        elif name == "pages":
            import_module("bench.pages").run(port=options["port"], seconds=options["seconds"])
        elif name == "scorecard":
            import_module("bench.scorecards").run(units=options["units"], population=options["people"])
        elif name == "recount":
            import_module("bench.recount").run(figures=options["figures"], seed=options["seed"])
        elif name == "search":
            import_module("bench.searches").run(stories=options["stories"])
        elif name == "view":
            import_module("bench.first_view").run(port=options["port"])
        else:
            import_module("bench.screens").run()
