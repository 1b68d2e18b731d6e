"""Queries that every page asks: Django builds their SQL once, and afterwards only the values change.

Building the SQL of a small query costs Django twenty times what the database needs to answer it (`loa bench pages`).
A prepared query is an ordinary queryset; how it is built is told by a function of its values:

    @prepared
    def _credits(story: int) -> QuerySet[StoryCredit]:
        return StoryCredit.objects.filter(story=story)

    _credits(story=7)  # a list
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row")


class Prepared(Generic[Row]):
    """`ask` by its values: texts, whole numbers, days, instants, or tuples of them (each length is built once)."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]]) -> None:
        self.ask = ask
        self._built = threading.local()

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values. Raises ValueError when the SQL does not take them as they are."""
        shape = tuple((name, len(value)) for name, value in values.items() if isinstance(value, tuple))
        if any(not length for _name, length in shape):
            return []
        statements: dict[Any, _Statement] = vars(self._built).setdefault("statements", {})
        if shape not in statements:
            statements[shape] = _statement(self.ask, values)
        return statements[shape].rows(values)


def prepared(ask: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    return Prepared(ask)


@dataclass(frozen=True, kw_only=True)
class _Statement:
    """SQL that is ready, and where the values go: belongs to one thread, as its connection does."""

    queryset: Any
    fixed: list[Any]
    places: list[tuple[int, str, int | None, Callable[[Any], Any]]]

    def rows(self, values: dict[str, Any]) -> list[Any]:
        given = self.fixed.copy()
        for place, name, position, adapt in self.places:
            value = values[name] if position is None else values[name][position]
            given[place] = adapt(value)
        self.queryset.query.given = given
        return list(self.queryset._iterable_class(self.queryset))


def _statement(ask: Callable[..., QuerySet[Any, Any]], values: dict[str, Any]) -> _Statement:
    """Built twice with different samples: where the two differ is where values go."""
    ones, others = _samples(values, turn=0), _samples(values, turn=1)
    queryset: Any = ask(**ones)
    other = ask(**others)
    compiler = queryset.query.get_compiler(queryset.db)
    sql, fixed = compiler.as_sql()
    other_sql, other_fixed = other.query.get_compiler(other.db).as_sql()
    if sql != other_sql or queryset._prefetch_related_lookups:
        raise ValueError(f"the SQL of {ask.__name__} depends on its values, or it fetches more besides")
    places = []
    for place, pair in enumerate(zip(fixed, other_fixed, strict=True)):
        if pair[0] != pair[1]:
            places.append((place, *_whose(pair, ones, others, ask)))
    converters = compiler.get_converters([column[0] for column in compiler.select])

    def as_sql(*_args: Any, **_options: Any) -> tuple[str, list[Any]]:
        return sql, queryset.query.given

    compiler.as_sql = as_sql
    compiler.get_converters = lambda _columns: converters
    queryset.query.get_compiler = lambda *_args, **_options: compiler
    return _Statement(queryset=queryset, fixed=list(fixed), places=places)


def _whose(
    pair: tuple[Any, Any], ones: dict[str, Any], others: dict[str, Any], ask: Callable[..., Any]
) -> tuple[str, int | None, Callable[[Any], Any]]:
    for name, position, first, second in _pairs(ones, others):
        adapt = _adapting(first)
        if (adapt(first), adapt(second)) == pair:
            return name, position, adapt
    raise ValueError(f"{ask.__name__} does not hand its values to the database as they are: {pair}")


def _pairs(ones: dict[str, Any], others: dict[str, Any]) -> Iterator[tuple[str, int | None, Any, Any]]:
    for name, one in ones.items():
        if isinstance(one, tuple):
            for position, part in enumerate(one):
                yield name, position, part, others[name][position]
        else:
            yield name, None, one, others[name]


def _adapting(value: Any) -> Callable[[Any], Any]:
    """How a value is handed to this database."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value
    return lambda given: given


def _samples(values: dict[str, Any], *, turn: int) -> dict[str, Any]:
    """No two alike, for those could change places unseen; nor has the other turn's anything in common with them."""
    numbers = count()
    return {name: _sample(value, numbers, turn) for name, value in values.items()}


def _sample(value: Any, numbers: Iterator[int], turn: int) -> Any:
    """Something of the same kind."""
    if isinstance(value, tuple):
        return tuple(_sample(part, numbers, turn) for part in value)
    number = next(numbers)
    if isinstance(value, datetime):
        return datetime(1801 + turn, 1 + turn, 1 + turn, 1 + turn, tzinfo=UTC) + timedelta(seconds=number)
    if isinstance(value, date):
        return date(1801 + turn, 1 + turn, 1) + timedelta(days=number)
    if isinstance(value, str):
        return f"{'one' if turn else 'other'}-{number}"
    if isinstance(value, int) and not isinstance(value, bool):
        return 20_000 + number + turn * 7_919
    raise ValueError(f"no prepared query takes a value of this kind: {value!r}")


def attach(owners: Iterable[Model | None], name: str, rows: Sequence[Model], *, by: str) -> None:
    """Let `owner.name.all()` be those of `rows` whose `by` is the owner's key, as prefetch_related would."""
    of: dict[Any, list[Model]] = {}
    for row in rows:
        of.setdefault(getattr(row, by), []).append(row)
    for owner in owners:
        if owner is not None:
            model: Any = owner._meta.get_field(name).related_model
            known = model._default_manager.all()
            known._result_cache, known._prefetch_done = of.get(owner.pk, []), True
            vars(owner).setdefault("_prefetched_objects_cache", {})[name] = known
