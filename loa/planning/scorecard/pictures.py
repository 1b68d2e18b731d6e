"""The geometry of pictures drawn on the server: whole numbers that a template writes into SVG. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .course import MONTHS, Point, Step
from .outlook import Outlook
from .reading import Goal, State, figure_text, worth

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 24, 36
LABELLED = 14
"""Up to so many bars carry their figure."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    kind: str
    sign: str
    """Instead of a bar where a figure is withheld or not measured."""
    label: str
    middle: int


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A line from one point to another, with a text."""

    x1: int
    x2: int
    y1: int
    y2: int
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Whisker:
    """The range of a forecast."""

    x: int
    low: int
    high: int
    expected: int


@dataclass(frozen=True, kw_only=True)
class Picture:
    bars: tuple[Bar, ...]
    goals: tuple[Mark, ...]
    years: tuple[Mark, ...]
    grid: tuple[Mark, ...]
    forecast: Whisker | None
    text: str
    """The picture for those who do not see it."""
    width: int = WIDTH
    height: int = HEIGHT


def course_picture(
    points: Sequence[Point], goals: Sequence[Goal], step: Step, ahead: Outlook, *, percent: bool
) -> Picture | None:
    """Bars of what was reached, lines of what is owed each year, a whisker for what may still come."""
    if not points:
        return None
    last = points[-1]
    shown = [goal for goal in goals if step != Step.MONTH or goal.year == last.on.year]
    numbers = {point.on.year for point in points} | {goal.year for goal in shown}
    years = range(min(numbers), max(numbers) + 1)
    frame = _Frame(
        years=years, per_year=12 // MONTHS[step], top=_top(points, shown, ahead, percent=percent), percent=percent
    )
    return Picture(
        bars=tuple(frame.bar(point, labelled=len(points) <= LABELLED) for point in points),
        goals=tuple(frame.goal(goal) for goal in shown),
        years=tuple(frame.year(number) for number in years),
        grid=tuple(frame.tick(quarter) for quarter in range(5)),
        forecast=frame.whisker(ahead, last) if not ahead.reason and last.reading.state != State.MET else None,
        text=_text(points, shown, ahead),
    )


@dataclass(frozen=True, kw_only=True)
class _Frame:
    years: range
    per_year: int
    top: Decimal
    percent: bool

    @property
    def slot(self) -> Decimal:
        return Decimal(WIDTH - LEFT - RIGHT) / (len(self.years) * self.per_year)

    def x(self, number: int, part: int) -> int:
        """Where a part of a year begins."""
        return int(LEFT + self.slot * ((number - self.years.start) * self.per_year + part))

    def y(self, value: Decimal) -> int:
        return int(HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM))

    def bar(self, point: Point, *, labelled: bool) -> Bar:
        x = self.x(point.on.year, self._part(point))
        value, base = point.reading.value, HEIGHT - BOTTOM
        y = base if value is None else self.y(value)
        width = max(3, int(self.slot * Decimal("0.7")))
        return Bar(
            x=x + int(self.slot * Decimal("0.15")),
            y=y,
            width=width,
            height=base - y,
            kind=point.reading.kind,
            sign="" if value is not None else point.reading.shape,
            label=point.reading.value_text if labelled and value is not None else "",
            middle=x + int(self.slot / 2),
        )

    def _part(self, point: Point) -> int:
        return (point.on.month - 1) * self.per_year // 12

    def goal(self, goal: Goal) -> Mark:
        y = self.y(goal.value)
        label = figure_text(goal.value, percent=self.percent)
        return Mark(x1=self.x(goal.year, 0), x2=self.x(goal.year, self.per_year), y1=y, y2=y, label=label)

    def year(self, number: int) -> Mark:
        x = self.x(number, 0)
        return Mark(x1=x, x2=self.x(number, self.per_year), y1=TOP, y2=HEIGHT - BOTTOM, label=str(number))

    def tick(self, quarter: int) -> Mark:
        value = self.top * quarter / 4
        return Mark(
            x1=LEFT, x2=WIDTH - RIGHT, y1=self.y(value), y2=self.y(value),
            label=figure_text(value, percent=self.percent),
        )  # fmt: skip

    def whisker(self, ahead: Outlook, last: Point) -> Whisker:
        x = self.x(last.on.year, self.per_year) - 5

        def at(count: int) -> int:
            return self.y(worth(count, ahead.of, percent=self.percent) or Decimal(0))

        return Whisker(x=x, low=at(ahead.low), high=at(ahead.high), expected=at(ahead.expected))


def _top(points: Sequence[Point], goals: Sequence[Goal], ahead: Outlook, *, percent: bool) -> Decimal:
    """A round number above all that is drawn, whose quarters are whole."""
    if percent:
        return Decimal(100)
    highest = max(
        [point.reading.value or Decimal(0) for point in points]
        + [goal.value for goal in goals]
        + [Decimal(0 if ahead.reason else ahead.high), Decimal(1)]
    )
    ladder = (Decimal(base * 10**power) for power in range(12) for base in (4, 8, 20))
    return next(step for step in ladder if step >= highest)


def _text(points: Sequence[Point], goals: Sequence[Goal], ahead: Outlook) -> str:
    last = points[-1]
    told = [_("On %(day)s: %(figure)s") % {"day": last.label, "figure": last.reading.value_text}]
    told += [last.reading.goal_text] if last.reading.goal_text else []
    told.append(ahead.text if ahead.reason else f"{ahead.range_text}, {ahead.text}")
    if goals and goals[-1].year != last.on.year:
        end = {"year": goals[-1].year, "goal": figure_text(goals[-1].value, percent=last.reading.percent)}
        told.append(_("%(year)d: at least %(goal)s") % end)
    return "; ".join(told) + ". " + _("The table below says the same.")
