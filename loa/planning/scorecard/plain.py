"""The card as plain data, for programs: the same figures as on screen."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from .card import Line, Scorecard


class PlainLine(TypedDict):
    target: str
    measure: str
    unit: str
    numerator: int | None
    denominator: int | None
    value: float | None
    target_value: float | None
    proposed: bool
    forecast: float | None
    as_of: date
    structure: date
    definition_version: int | None
    state: str


def plain(card: Scorecard) -> list[PlainLine]:
    """One row for each target; what is not measured or withheld is None, never 0."""
    return [_plain(line, card) for line in card.lines]


def _plain(line: Line, card: Scorecard) -> PlainLine:
    reading = line.reading
    return PlainLine(
        target=line.target.code,
        measure=line.target.measure,
        unit=card.unit.code,
        numerator=reading.numerator,
        denominator=reading.denominator,
        value=_number(reading.value),
        target_value=_number(reading.goal.value if reading.goal else None),
        proposed=bool(reading.goal and reading.goal.proposed),
        forecast=_number(reading.forecast),
        as_of=card.on,
        structure=card.structure,
        definition_version=line.version,
        state=reading.state.value,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else round(float(value), 4)
