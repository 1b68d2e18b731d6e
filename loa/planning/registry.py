"""Which measures exist. Filled when the applications start, read by scorecards and reports."""

from .protocol import Measure

_measures: dict[str, Measure] = {}
_growing: set[str] = set()


def register(measure: Measure, *, grows: bool = False) -> None:
    """Say that `measure` exists; `grows` that its share only rises within a year, so that a pace means something."""
    known = _measures.get(measure.key)
    if known is not None and type(known) is not type(measure):
        raise ValueError(f"two measures claim the key {measure.key}")
    _measures[measure.key] = measure
    if grows:
        _growing.add(measure.key)


def measure(key: str) -> Measure | None:
    """The measure with this key, or None: not yet measured."""
    return _measures.get(key)


def grows(key: str) -> bool:
    """Whether its share only rises within a year. Plain counts always do."""
    return key in _growing


def measures() -> list[Measure]:
    """All of them, by key."""
    return [_measures[key] for key in sorted(_measures)]
