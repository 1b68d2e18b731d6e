"""What follows from facts across modules. Each function is called once, after the fact was committed (wiring.py)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.newsroom import queries as newsroom
from loa.planning.actions.tasks import open_task

PLACES_WITHIN = timedelta(days=1)
"""How soon a correction should have reached every place: a notice board is read again the next morning."""


def follow_to_every_place(entry: Entry) -> None:
    """A correction or a withdrawal reaches every board, page and loudspeaker that carried the error (promise 6).

    Each place that somebody filled by hand becomes a task of the unit that owns the story; publication itself has
    already seen to our own site.
    """
    for placement in newsroom.standing_elsewhere(int(entry.subject.rpartition(":")[2])):
        open_task(
            _("Correct “%(title)s” where it stands: %(channel)s")
            % {"title": placement.story.title, "channel": placement.channel.name},
            unit=placement.story.unit,
            wording=_("The story was corrected or withdrawn. Put the new text there, or take the old one down."),
            subject=f"newsroom.placement:{placement.pk}",
            due_on=today(entry.at) + PLACES_WITHIN,
            by=SYSTEM,
            at=entry.at,
        )
