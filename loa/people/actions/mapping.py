"""A mapping of any size as a table inside one statement, in both databases."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper


def run(cursor: CursorWrapper, statement: str, pairs: Mapping[Any, Any], **days: date) -> None:
    """Run `statement`, in which `{pairs}` stands for a query with the text columns `key` and `value`.

    `days` are named parameters: `%(on)s`.
    """
    each = "json_each_text" if connection.vendor == "postgresql" else "json_each"
    filled = statement.replace("{pairs}", f"SELECT key, value FROM {each}(%(pairs)s)")  # noqa: S608 (two constants)
    parameters = {name: connection.ops.adapt_datefield_value(day) for name, day in days.items()}
    cursor.execute(filled, parameters | {"pairs": json.dumps(pairs)})
