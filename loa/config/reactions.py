"""What follows from facts across modules. Each function is called once, after the fact was committed (wiring.py)."""

from datetime import date, timedelta
from textwrap import shorten

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import short_date, today
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.newsroom import actions as newsroom_actions
from loa.newsroom import queries as newsroom
from loa.people.queries import roots, unit_with_key
from loa.planning.actions.tasks import drop, finish, open_task
from loa.planning.models import Task
from loa.reports import actions as reporting
from loa.reports import queries as reports
from loa.reports import tasks as printing
from loa.reports.models import Printing

PLACES_WITHIN = timedelta(days=1)
"""How soon a correction should have reached every place: a notice board is read again the next morning."""

PICTURE, CLIP, FACT = "picture", "clip", "fact"
"""Set the task of a withheld picture or clip, or of a fact, apart from that of a correction at the same place."""


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


def take_photo_down(entry: Entry) -> None:
    """A picture whose people no longer agree leaves our own pages by itself; elsewhere, people must take it down."""
    with override(settings.LANGUAGE_CODE):
        for placement in newsroom.standing_with(int(entry.subject.rpartition(":")[2])):
            open_task(
                _("Take the picture of “%(title)s” down: %(channel)s")
                % {"title": placement.story.title, "channel": placement.channel.name},
                unit=placement.story.unit,
                wording=_("The people shown no longer agree to the picture. Put another one there, or none."),
                subject=f"newsroom.placement:{placement.pk}",
                clause=PICTURE,
                due_on=today(entry.at) + PLACES_WITHIN,
                by=SYSTEM,
                at=entry.at,
            )


def follow_fact_to_every_place(entry: Entry) -> None:
    """A value that changed, or was wrong, reaches every board, page and loudspeaker that carries it (promise 6).

    The text itself is its author's errand. A change that is still to come is due on its day, as a task of its own: what
    is wrong today, and the correction of the story that follows, are one task and do not wait for it.
    """
    version, soon = newsroom.fact_version(entry.data["version_id"]), today(entry.at) + PLACES_WITHIN
    if version.of_source_alone:  # stories tell their source below the text, on this website; boards say the value
        return
    with override(settings.LANGUAGE_CODE):
        for placement in newsroom.places_owing(version.pk):
            open_task(
                _("Change “%(title)s” where it stands: %(channel)s")
                % {"title": placement.story.title, "channel": placement.channel.name},
                unit=placement.story.unit,
                wording=_("“%(fact)s” is now: %(value)s, from %(day)s on (%(source)s). Put the new text there.")
                % {
                    "fact": version.fact.name,
                    "value": version.value,
                    "day": short_date(version.valid_from),
                    "source": version.source,
                },
                subject=placement.ref,
                clause=f"{FACT}-{version.fact_id}" if version.valid_from > soon else "",
                due_on=max(version.valid_from, soon),
                by=SYSTEM,
                at=entry.at,
            )


def follow_fact_beyond_stories(entry: Entry) -> None:
    """An event, a template, the glossary, the first page or a unit's own heading that says the former value.

    Nobody said that they use the fact: somebody reads each of them again, and changes it or closes the task.
    """
    version, on = newsroom.fact_version(entry.data["version_id"]), today(entry.at)
    with override(settings.LANGUAGE_CODE):
        for saying in newsroom.said_elsewhere(version.fact, on=on):
            unit_id = saying.passage.unit_id or next((node.unit_id for node in roots(on=on)), None)
            if unit_id is None:
                continue
            open_task(
                _("Look whether “%(title)s” still says a former value")
                % {"title": shorten(saying.passage.title, 100, placeholder="…")},
                unit=unit_with_key(unit_id),
                wording=_(
                    "%(kind)s: it says “%(former)s”. “%(fact)s” is now: %(value)s, from %(day)s on (%(source)s). "
                    "Change it there; if it means something else, close this task with a word."
                )
                % {
                    "kind": saying.passage.kind,
                    "former": saying.former,
                    "fact": version.fact.name,
                    "value": version.value,
                    "day": short_date(version.valid_from),
                    "source": version.source,
                },
                subject=saying.passage.ref,
                clause=f"{FACT}-{version.fact_id}",
                due_on=max(version.valid_from, on + PLACES_WITHIN),
                by=SYSTEM,
                at=entry.at,
            )


def close_errands_of_place(entry: Entry) -> None:
    """What stands nowhere any more needs no correction: what was to be done there is done, or never was to be."""
    placement_id = entry.data["placement_id"]
    mistaken = newsroom.placement(placement_id).mistaken
    with override(settings.LANGUAGE_CODE):
        for task in Task.objects.to_do().filter(subject=f"newsroom.placement:{placement_id}").order_by("pk"):
            if mistaken:
                reason = _("The placement had been recorded by mistake: the story never stood there.")
                drop(task, reason=reason, by=SYSTEM, at=entry.at)
            else:
                day = short_date(today(entry.at))
                proof = _("The story no longer stands there; recorded on %(day)s.") % {"day": day}
                finish(task, proof=proof, by=SYSTEM, at=entry.at)


def take_clip_down(entry: Entry) -> None:
    """As for a picture."""
    with override(settings.LANGUAGE_CODE):
        for placement in newsroom.standing_with_clip(int(entry.subject.rpartition(":")[2])):
            open_task(
                _("Take the clip or sound of “%(title)s” down: %(channel)s")
                % {"title": placement.story.title, "channel": placement.channel.name},
                unit=placement.story.unit,
                wording=_("The people shown or heard no longer agree to it. Put another one there, or none."),
                subject=f"newsroom.placement:{placement.pk}",
                clause=CLIP,
                due_on=today(entry.at) + PLACES_WITHIN,
                by=SYSTEM,
                at=entry.at,
            )


def erase_contributions(entry: Entry) -> None:
    """What a person sent in under their own name is erased with them."""
    newsroom_actions.erase_of_person(int(entry.subject.rpartition(":")[2]), by=SYSTEM, at=entry.at)


def ask_for_report(entry: Entry) -> None:
    """A reminder is a task of the unit that owes the report; reminding again finds the same task."""
    term = reports.term_at(entry.data["report_kind"], date.fromisoformat(entry.data["first"]))
    if term is None or entry.unit_id is None:
        return
    with override(settings.LANGUAGE_CODE):
        open_task(
            _("Hand in: %(report)s") % {"report": term.name},
            unit=unit_with_key(entry.unit_id),
            wording=_("Please hand it in by %(day)s. If it can not be ready, ask for more time on its page.")
            % {"day": short_date(term.due_on)},
            subject=entry.subject,
            due_on=term.due_on,
            by=SYSTEM,
            at=entry.at,
        )


def close_reminder(entry: Entry) -> None:
    """A report that arrived needs no reminder any more."""
    report = reports.report_with_key(int(entry.subject.rpartition(":")[2]))
    with override(settings.LANGUAGE_CODE):
        for task in Task.objects.to_do().filter(subject=reports.due_ref_of(report)):
            day = short_date(today(entry.at))
            finish(task, proof=_("The report was handed in on %(day)s.") % {"day": day}, by=SYSTEM, at=entry.at)


def print_for_good(entry: Entry) -> None:
    """The files of an accepted report are made ahead of whoever fetches them, outside this transaction."""
    report = reports.report_with_key(int(entry.subject.rpartition(":")[2]))
    for sort in Printing.Sort:
        _print_later(reporting.ask_for_print(report, at=entry.at, sort=sort).pk)


def _print_later(printing_id: int) -> None:
    transaction.on_commit(lambda: printing.print_report.enqueue(printing_id))
