"""Where a unit stands: each target with its figure, what is owed, the pace, the state, and its children's likewise."""

from .card import Line, Scorecard, scorecard
from .plain import PlainLine, plain
from .reading import Goal, Meter, Reading, State

__all__ = ["Goal", "Line", "Meter", "PlainLine", "Reading", "Scorecard", "State", "plain", "scorecard"]
