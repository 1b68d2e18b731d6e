"""The entries of one list in a temporary table, where the database can compare and take them over all at once.

The table belongs to the connection: whatever is killed leaves no trace of it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection

from ..entries import Entry
from ..spreadsheets import Cell

BATCH = 2_000

_COLUMNS = {
    "number": "bigint PRIMARY KEY",
    "member_code": "text",
    "full_name": "text",
    "name_key": "text",
    "folded": "text",
    "born_on": "date",
    "birth_year": "integer",
    "birth": "text",
    "gender": "text",
    "phone": "text",
    "email": "text",
    "unit_id": "bigint",
    "begins_on": "date",
    "standing": "text",
    "joined_on": "date",
    "left_on": "date",
    "post_id": "bigint",
    "education_id": "bigint",
    "field_id": "bigint",
    "working_time_id": "bigint",
    "rest_time_id": "bigint",
    "area_id": "bigint",
    "habits": "integer",
    "cells": "text",
    "reason": "text",
    "other": "bigint",
}
_DECIDED = {"person_id": "bigint", "membership_id": "bigint", "step": "text", "differs": "integer", "outcome": "text"}
_INDEXES = (
    "CREATE INDEX loading_code ON loading (member_code)",
    "CREATE INDEX loading_name ON loading (folded, birth)",
    "CREATE INDEX loading_phone ON loading (phone)",
    "ANALYZE loading",
)
_INSERT = f"INSERT INTO loading ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608


@contextmanager
def staging() -> Iterator[None]:
    """Room for one list on this connection."""
    kinds = ", ".join(f"{name} {kind}" for name, kind in (_COLUMNS | _DECIDED).items())
    run("DROP TABLE IF EXISTS loading", "DROP TABLE IF EXISTS loading_habit")
    run(
        f"CREATE TEMPORARY TABLE loading ({kinds})",
        "CREATE TEMPORARY TABLE loading_habit (number bigint, term_id bigint, PRIMARY KEY (number, term_id))",
    )
    try:
        yield
    finally:
        if not connection.needs_rollback and connection.is_usable():
            run("DROP TABLE loading", "DROP TABLE loading_habit")


def stage(entries: Iterable[tuple[Entry, Sequence[Cell]]]) -> Iterator[int]:
    """Take the entries in, with the cells they came from; yields the number of lines so far after each batch."""
    seen, waiting = 0, iter(entries)
    while batch := list(islice(waiting, BATCH)):
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, [_row(entry, cells) for entry, cells in batch])
            habits = [(entry.number, term) for entry, _cells in batch for term in entry.habits]
            if habits:
                cursor.executemany("INSERT INTO loading_habit VALUES (%s, %s)", habits)
        seen += len(batch)
        yield seen


def index() -> None:
    """To be called when all entries are in."""
    run(*_INDEXES)


def run(*statements: str, **parameters: Any) -> int:
    """Run each statement with the same named parameters; returns how many rows the last one changed."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, parameters or None)
        return int(cursor.rowcount)


def rows(statement: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return list(cursor.fetchall())


def plain(cells: Sequence[Cell]) -> list[str | int | float | bool | None]:
    """Cells as JSON can hold them."""
    return [cell.isoformat() if isinstance(cell, date) else cell for cell in cells]


def _row(entry: Entry, cells: Sequence[Cell]) -> tuple[Any, ...]:
    return (
        entry.number,
        entry.member_code,
        entry.full_name,
        entry.name_key,
        entry.folded,
        entry.born_on and entry.born_on.isoformat(),
        entry.birth_year,
        entry.birth,
        entry.gender,
        entry.phone,
        entry.email,
        entry.unit and entry.unit.key,
        entry.begins_on and entry.begins_on.isoformat(),
        entry.standing,
        entry.joined_on and entry.joined_on.isoformat(),
        entry.left_on and entry.left_on.isoformat(),
        entry.post,
        entry.education,
        entry.field,
        entry.working_time,
        entry.rest_time,
        entry.area,
        int(bool(entry.habits)),
        json.dumps(plain(cells), ensure_ascii=False),
        " ".join(entry.problems),
        None,
    )
