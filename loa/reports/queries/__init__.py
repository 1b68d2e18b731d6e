"""What can be asked of reports: what is due, who owes what, one report, its evidence, its history."""

from .due import current_term, owes, owing, term_named, term_of, terms_of, terms_on
from .kept import (
    Heading,
    existed,
    frozen_rows,
    heading,
    history,
    intact,
    latest_cover,
    report,
    report_of,
    report_with,
    rows,
)
from .owed import Owed, OwedPage, Tally, owed, owed_rows, tally, with_report, writable

__all__ = [
    "Heading",
    "Owed",
    "OwedPage",
    "Tally",
    "current_term",
    "existed",
    "frozen_rows",
    "heading",
    "history",
    "intact",
    "latest_cover",
    "owed",
    "owed_rows",
    "owes",
    "owing",
    "report",
    "report_of",
    "report_with",
    "rows",
    "tally",
    "term_named",
    "term_of",
    "terms_of",
    "terms_on",
    "with_report",
    "writable",
]
