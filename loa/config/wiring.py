"""Who reacts to what: the file to read to know every consequence of every event."""

from loa.ledger import actions as ledger
from loa.ledger import tasks as ledger_tasks
from loa.ledger.actions import react
from loa.newsroom.events import (
    ClipWithheld,
    PhotoWithheld,
    PlacementEnded,
    SharedFactChanged,
    SharedFactFoundWrong,
    StoryCorrected,
    StoryWithdrawn,
)
from loa.newsroom.queries import elsewhere
from loa.people import consequences, watching
from loa.people.events import PersonErased
from loa.planning import foresight as planning
from loa.portal import fronts
from loa.reports import foresight as reports
from loa.reports.events import CorrectionAccepted, ReportAccepted, ReportReminded, ReportSubmitted

from . import errands, reactions


def connect() -> None:
    react(StoryCorrected, reactions.follow_to_every_place)
    react(StoryWithdrawn, reactions.follow_to_every_place)
    react(SharedFactChanged, reactions.follow_fact_to_every_place)
    react(SharedFactFoundWrong, reactions.follow_fact_to_every_place)
    react(SharedFactChanged, reactions.follow_fact_beyond_stories)
    react(SharedFactFoundWrong, reactions.follow_fact_beyond_stories)
    react(PlacementEnded, reactions.close_errands_of_place)
    react(PersonErased, reactions.erase_contributions)
    react(PhotoWithheld, reactions.take_photo_down)
    react(ClipWithheld, reactions.take_clip_down)
    react(ReportReminded, reactions.ask_for_report)
    react(ReportSubmitted, reactions.close_reminder)
    react(ReportAccepted, reactions.print_for_good)
    react(CorrectionAccepted, reactions.print_for_good)

    for watch in (*planning.WATCHES, *watching.WATCHES, *reports.WATCHES):
        consequences.register(watch)

    elsewhere.register(fronts.passages)
    errands.connect()
    ledger.wake_with(lambda entry_id: ledger_tasks.settle.enqueue(entry_id))
