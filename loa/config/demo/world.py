"""One synthetic world as the loading needs it: made once, asked for many times."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from loa.base.dates import HANOI
from loa.config.demo import SEED, activity
from loa.config.demo.people import people
from loa.config.demo.persons import Person
from loa.config.demo.shapes import Structure
from loa.config.demo.stories import DemoStory, stories
from loa.config.demo.structure import WHOLE, Size, build


@dataclass(frozen=True, kw_only=True)
class World:
    """The world of one seed as it is known on `until`; its workbooks are written to `folder`, `now` is when."""

    until: date
    now: datetime
    folder: Path
    seed: int = SEED
    size: Size = WHOLE

    @property
    def structure(self) -> Structure:
        return _structure(self.seed, self.size)

    @property
    def people(self) -> list[Person]:
        return _people(self.seed, self.size)

    @cached_property
    def stories(self) -> list[DemoStory]:
        told = stories(self.structure, seed=self.seed, today=self.until)
        return [story for story in told if story.number % self.size.one_in == 0]

    @cached_property
    def reports(self) -> list[activity.DemoReport]:
        every = activity.reports(self.structure, seed=self.seed, today=self.until)
        return list(islice(every, None, None, self.size.one_in))

    def month_ends(self, year: int) -> list[date]:
        """The last day of each month of `year` that has begun by `until`; the last of them may be `until` itself."""
        ends = [month_end(year, month) for month in range(1, 13)]
        return [min(end, self.until) for end in ends if end.replace(day=1) <= self.until]


@lru_cache(maxsize=1)
def _structure(seed: int, size: Size) -> Structure:
    return build(seed, size)


@lru_cache(maxsize=1)
def _people(seed: int, size: Size) -> list[Person]:
    """Seconds of work: once for each process, however many worlds of this seed it is sent."""
    return list(people(_structure(seed, size), seed=seed))


def on(day: date, hour: int = 8) -> datetime:
    """An hour of a day in Hà Nội."""
    return datetime.combine(day, time(hour), tzinfo=HANOI)


def month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
