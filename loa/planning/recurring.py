"""When a task that returns is due again. Pure values."""

from calendar import monthrange
from datetime import date

from django.utils.translation import gettext_lazy as _

CADENCES = {
    "monthly": (1, _("every month")),
    "quarterly": (3, _("every quarter")),
    "half_yearly": (6, _("every half-year")),
    "yearly": (12, _("every year")),
}
"""Code → months from one to the next, and its name. Any other cadence does not return."""


def next_due(due_on: date | None, cadence: str, *, on: date, last: date | None = None) -> date | None:
    """The next day after `on` on which it is due again, none after the `last` day of its plan.

    A task of a plan that is due on the plan's last day is one for each period until then: at the period's end.
    """
    if due_on is None or cadence not in CADENCES:
        return None
    months = CADENCES[cadence][0]
    if due_on == last:
        due_on = date(on.year, 12, 31)
        while later(due_on, -months) > on:
            due_on = later(due_on, -months)
    following = later(due_on, months)
    while following <= on:
        following = later(following, months)
    return None if last is not None and following > last else following


def later(day: date, months: int) -> date:
    """The same day so many months on; the last of a shorter month, and from the last of a month to the last."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    length, own = monthrange(year, month + 1)[1], monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if day.day == own else min(day.day, length))
