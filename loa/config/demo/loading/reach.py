"""Who confirmed what, month by month, and the counters of every month."""

from loa.audience import actions
from loa.audience.actions import Said
from loa.base.numbers import number
from loa.config.demo import START
from loa.config.demo.files import Files
from loa.config.demo.world import World, on
from loa.ledger.facts import SYSTEM
from loa.people.models import Person, Unit

from .news import topic_of


def confirm(world: World, files: Files) -> str:
    """Marks as they were made, and after each month the counters, so that any past day can be asked about."""
    persons = dict(Person.objects.filter(member_code__isnull=False).values_list("member_code", "pk").iterator())
    units = dict(Unit.objects.values_list("code", "pk").iterator())
    count = 0
    for year in range(START.year, world.until.year + 1):
        months, topics = files.marks(year), topic_of(year)
        for end in world.month_ends(year):
            for (slug, said), marks in sorted(months.get(end.month, {}).items()):
                # Some people are missing from the registry: their line in the list was wrong.
                members = [(persons[code], units[unit]) for code, unit in marks if code in persons]
                actions.take_over(topics[slug], Said(said), members)
                count += len(members)
            actions.count_reach(on=end, by=SYSTEM, at=on(end, 23))
    return f"{number(count)} lượt xác nhận"
