"""Traffic lights of something that is due: green, amber when it is urgent, red when it is late."""

from datetime import datetime, timedelta


def due(since: datetime, *, within_hours: int | None, needed_at: datetime | None = None) -> datetime | None:
    """When a decision asked for at `since` is due: in time for when it is needed, if that comes first."""
    by_rule = since + timedelta(hours=within_hours) if within_hours is not None else None
    return min((moment for moment in (by_rule, needed_at) if moment), default=None)


def light(due_at: datetime | None, *, now: datetime, warn_hours: int = 0) -> str:
    """One of "good", "warn" or "bad", as components of the look call them; "" where nothing is due."""
    if due_at is None:
        return ""
    if now >= due_at:
        return "bad"
    return "warn" if now >= due_at - timedelta(hours=warn_hours) else "good"
