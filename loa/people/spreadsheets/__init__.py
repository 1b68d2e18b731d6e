"""Reading the lists unions keep: sheets of rows of cells, in constant memory, from files nobody vouches for."""

from .files import Sheet, sheets
from .limits import BadFile, Cell, Line, Progress

__all__ = ["BadFile", "Cell", "Line", "Progress", "Sheet", "sheets"]
