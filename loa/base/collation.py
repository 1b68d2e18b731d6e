"""Vietnamese dictionary order inside the database.

PostgreSQL has it from ICU ("vi-x-icu"). SQLite asks our own `sort_key` through a collation that every connection
is taught when it opens. For long lists keep a `sort_key` or `name_key` in an indexed column instead: this order is
computed for every row.
"""

from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func
from django.db.models.sql.compiler import SQLCompiler

from loa.base.text import sort_key

_SQLITE_NAME = "vi"
_key = lru_cache(maxsize=65_536)(sort_key)


class VietnameseOrder(Func):
    """A text expression that orders as a Vietnamese dictionary does. Use: `order_by(vi_order("name"))`."""

    arity = 1
    template = '%(expressions)s COLLATE "%(collation)s"'

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, collation=_SQLITE_NAME, **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, collation="vi-x-icu", **context)


def vi_order(field_name: str) -> VietnameseOrder:
    """The order of a list that people read, for `order_by`; `.desc()` turns it round."""
    return VietnameseOrder(F(field_name))


def teach_sqlite(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receiver of Django's `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(_SQLITE_NAME, compare)


def compare(one: str, other: str) -> int:
    """Below, at or above 0, as SQLite asks its collations. Texts with one key are ordered as they are written."""
    left, right = (_key(one), one), (_key(other), other)
    return (left > right) - (left < right)
