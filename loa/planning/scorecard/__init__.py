"""Where a unit stands: each target with its figure, what is owed, the pace, the state, and its children's likewise."""

from .board import Board, Sieve, board
from .card import Line, Scorecard, scorecard
from .past import Predecessor, past, predecessors
from .plain import PlainLine, plain
from .reading import STATES, Goal, Meter, Reading, State

__all__ = [
    "STATES",
    "Board",
    "Goal",
    "Line",
    "Meter",
    "PlainLine",
    "Predecessor",
    "Reading",
    "Scorecard",
    "Sieve",
    "State",
    "board",
    "past",
    "plain",
    "predecessors",
    "scorecard",
]
