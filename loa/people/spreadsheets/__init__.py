"""Reading the lists unions keep: sheets of rows of cells, in constant memory, from files nobody vouches for."""

from .files import BadFile, Cell, Line, Sheet, sheets

__all__ = ["BadFile", "Cell", "Line", "Sheet", "sheets"]
