"""Where the next page of rows begins: two numbers, of which the second is a key."""

from datetime import date


def written(first: int, key: int) -> str:
    return f"{first}.{key}"


def cursor(after: str) -> tuple[int, int] | None:
    """The two numbers; None for the beginning, and for anything that we never wrote."""
    first, _dot, second = after.partition(".")
    if not (first.isdecimal() and second.isdecimal() and len(first) <= 7 and len(second) <= 18):
        return None
    return int(first), int(second)


def on_day(after: str) -> tuple[date, int] | None:
    """As `cursor`, of rows by their day."""
    seen = cursor(after)
    return seen and (date.fromordinal(max(1, min(seen[0], date.max.toordinal()))), seen[1])
