"""Who reacts to what: the file to read to know every consequence of every event."""

from loa.ledger import actions as ledger
from loa.ledger import tasks as ledger_tasks


def connect() -> None:
    ledger.wake_with(lambda entry_id: ledger_tasks.settle.enqueue(entry_id))
