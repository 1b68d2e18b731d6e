"""From a file to staged entries: finding the sheet and its header, and reading its lines against units and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from loa.base.dates import parse_day
from loa.base.text import fold

from ..columns import HEAD, Columns, Recogniser, find, is_total
from ..models import Area, Post, Term, Unit, UnitPlace, UnitVersion
from ..spreadsheets import BadFile, Cell, Line, Progress, sheets
from ..unitbook import Known, UnitBook
from ..wordbook import Words, known

Row = tuple[int, list[Cell], dict[str, Cell]]
"""A line's number, its cells, and those of the columns we know by field."""


@dataclass(frozen=True, kw_only=True)
class List:
    """The list found in a file: its columns, its header as written, and its rows, read while they are asked for."""

    columns: Columns
    head: list[Cell]
    rows: Iterator[Row]
    progress: Progress

    @property
    def synthetic(self) -> bool:
        """Made up for a demonstration, as a title says."""
        return any("du lieu minh hoa" in fold(title) for title in self.columns.titles)

    def as_of(self) -> date | None:
        """The day a title above the list names."""
        return parse_day(self.columns.as_of())


def open_list(path: Path, recogniser: Recogniser, needed: Sequence[tuple[tuple[str, ...], str]]) -> List:
    """The first sheet with a header that has all that is `needed`: each time one of some fields, and its usual wording.

    Raises BadFile with what is missing in the best sheet.
    """
    missing: list[str] | None = None
    for sheet in sheets(path):
        head = list(islice(sheet.lines, HEAD))
        columns = find(head, recogniser)
        if columns is None:
            continue
        lacks = [wording for fields, wording in needed if not any(name in columns for name in fields)]
        if not lacks:
            below = (line for line in head if line[0] > columns.last)
            title = next(cells for number, cells in head if number == columns.last)
            rows = _rows(chain(below, sheet.lines), columns)
            return List(columns=columns, head=title, rows=rows, progress=sheet.progress)
        missing = lacks if missing is None or len(lacks) < len(missing) else missing
    if missing is None:
        raise BadFile(_("No line with column headers was found, such as “Họ và tên”, “Ngày sinh”, “Mã CĐCS”."))
    raise BadFile(
        _("The list lacks this column: %(columns)s.") % {"columns": ", ".join(f"“{name}”" for name in missing)}
    )


def _rows(lines: Iterator[Line], columns: Columns) -> Iterator[Row]:
    """Without repeated headers, numbering, sums and lines that hold nothing in the columns we know."""
    for number, cells in lines:
        found = columns.cells(cells)
        if not columns.repeated(found) and not is_total(cells):
            yield number, cells, found


def unit_book(*, on: date, today: date, path: str | None, default: int | None = None) -> UnitBook:
    """All units, as they stood on `on`; those that are under `path` today (None: all) may be written in."""
    names = {
        unit_id: (name, short_name)
        for unit_id, name, short_name in UnitVersion.objects.filter(valid_from__lte=on)
        .order_by("valid_from")
        .values_list("unit_id", "name", "short_name")
        .iterator()
    }
    # of several days of one unit the last in this order, its first, stays
    since = dict(UnitPlace.objects.order_by("-valid_from").values_list("unit_id", "valid_from").iterator())
    living = set(UnitPlace.objects.on(on).filter(living=True).values_list("unit_id", flat=True).iterator())
    places = UnitPlace.objects.on(today) if path is None else UnitPlace.objects.on(today).under(path)
    within = set(places.values_list("unit_id", flat=True).iterator())
    return UnitBook(
        (
            (
                Known(
                    key=key,
                    code=code,
                    name=names.get(key, (code, ""))[0],
                    living=key in living,
                    within=path is None or key in within,
                    since=since.get(key, on),
                ),
                names.get(key, ("", ""))[1],
            )
            for key, code in Unit.objects.values_list("pk", "code").iterator()
        ),
        default=default,
    )


def word_lists() -> dict[str, Words]:
    """The words known, by the name of the column they fill."""
    terms = list(Term.objects.values_list("vocabulary", "pk", "code", "name"))
    vocabularies = {"education": "education", "field": "field", "habit": "habit"}
    vocabularies |= {"working_time": "working-time", "rest_time": "rest-time"}
    lists = {
        name: Words(known((pk, code, text) for kind, pk, code, text in terms if kind == vocabulary))
        for name, vocabulary in vocabularies.items()
    }
    return lists | {
        "post": Words(known(Post.objects.order_by("pk").values_list("pk", "code", "name"))),
        "area": areas(),
    }


def areas() -> Words:
    return Words(known(Area.objects.order_by("-valid_to", "pk").values_list("pk", "code", "name")))
