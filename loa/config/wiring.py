"""Who reacts to what: the file to read to know every consequence of every event."""

from loa.ledger import actions as ledger
from loa.ledger import tasks as ledger_tasks
from loa.ledger.actions import react
from loa.newsroom.events import StoryCorrected, StoryWithdrawn

from . import errands, reactions


def connect() -> None:
    react(StoryCorrected, reactions.follow_to_every_place)
    react(StoryWithdrawn, reactions.follow_to_every_place)

    errands.connect()
    ledger.wake_with(lambda entry_id: ledger_tasks.settle.enqueue(entry_id))
