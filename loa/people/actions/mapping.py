"""Mappings of any size as tables inside one statement, in both databases."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

Table = Mapping[Any, Any]


def run(cursor: CursorWrapper, statement: str, *, tables: Mapping[str, Table], **days: date) -> None:
    """Run `statement`, in which `{name}` of each table stands for a query with the text columns `key` and `value`.

    `days` are named parameters: `%(on)s`.
    """
    each = "json_each_text" if connection.vendor == "postgresql" else "json_each"
    parameters = {name: connection.ops.adapt_datefield_value(day) for name, day in days.items()}
    for name, table in tables.items():
        statement = statement.replace(f"{{{name}}}", f"SELECT key, value FROM {each}(%({name})s)")  # noqa: S608 (names)
        parameters[name] = json.dumps(table)
    cursor.execute(statement, parameters)
