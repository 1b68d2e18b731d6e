"""Where a unit stands: each target with its figure, what is owed, the pace, the state, and its children's likewise."""

from .card import Line, Scorecard, scorecard
from .past import Predecessor, past, predecessors
from .plain import PlainLine, plain
from .reading import Goal, Meter, Reading, State

__all__ = [
    "Goal",
    "Line",
    "Meter",
    "PlainLine",
    "Predecessor",
    "Reading",
    "Scorecard",
    "State",
    "past",
    "plain",
    "predecessors",
    "scorecard",
]
