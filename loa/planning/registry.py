"""Which measures exist. Filled when the applications start, read by scorecards and reports."""

from .protocol import Measure

_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    known = _measures.get(measure.key)
    if known is not None and type(known) is not type(measure):
        raise ValueError(f"two measures claim the key {measure.key}")
    _measures[measure.key] = measure


def measure(key: str) -> Measure | None:
    """The measure with this key, or None: not yet measured."""
    return _measures.get(key)


def keys() -> list[str]:
    return sorted(_measures)
