"""Writing a report."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean_lines
from loa.ledger import queries as ledger
from loa.ledger.actions import record

from .. import checking, comparing, counting, narrative, queries, retrospect
from .. import entries as values
from ..events import ReportDrafted, ReportWritten
from ..figures import ReportFigure
from ..formfile import Form
from ..models import FormVersion, Report
from ..terms import Term
from .checks import check_writer, locked, put_names, to_write

if TYPE_CHECKING:
    from loa.people.models import Account


SAME_SITTING = timedelta(minutes=10)


@transaction.atomic
def prefill(unit_id: int, *, term: Term, by: "Account", at: datetime) -> Report:
    """The report of this unit with its figures and, where nobody has written yet, proposed sentences.

    Done again, it brings the figures of a draft up to date and leaves alone what people wrote.
    """
    on = today(at)
    check_writer(by, unit_id, on=on)
    if on < term.period.first:
        raise Refused(_("The period of this report has not begun yet."))
    as_of = min(on, term.period.last)
    version = queries.form_for(unit_id, term) if queries.owes(unit_id, term) else None
    if version is None or not queries.existed(unit_id, on=as_of):
        raise Refused(_("This unit does not owe this report."))
    report = locked(_begun(unit_id, term=term, on=on, as_of=as_of))
    if not report.open:
        raise Refused(_("This report has been handed in already, so its figures no longer change."))
    put_names(report, on=on)
    with override(settings.LANGUAGE_CODE):
        _fill(report, term, version, as_of=as_of)
    report.save(
        update_fields=[
            *("form", "narrative", "figures", "before", "sums", "as_of", "unit_name", "parent", "parent_name"),
        ]
    )
    fact = ReportDrafted(
        subject=report.ref, unit_id=unit_id, report_kind=report.kind, last=report.last, as_of=report.as_of
    )
    record(fact, by=by, at=at)
    return report


@transaction.atomic
def write(
    report: Report,
    *,
    by: "Account",
    at: datetime,
    texts: Mapping[str, str] | None = None,
    entries: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Report:
    """Put into the report: texts by passage, entries as typed, reasons by figure, answers by the place of a remark.

    What is not named stays. An entry that can not be read is kept as it was typed, so that nothing typed is lost.
    """
    report = to_write(report, by=by, at=at)
    form = queries.form_of(report)
    changed = (
        *_put_texts(report, texts or {}),
        *_put_entries(report, form, entries or {}),
        *_put_reasons(report, form, reasons or {}),
        *_put_answers(report, answers or {}, by=by, at=at),
    )
    if changed:
        report.save(update_fields=["narrative", "entries", "reasons"])
        if not _just_recorded(report, changed, by=by, at=at):
            record(ReportWritten(subject=report.ref, unit_id=report.unit_id, sections=changed), by=by, at=at)
    return report


def _put_texts(report: Report, texts: Mapping[str, str]) -> list[str]:
    wanted = {code: clean_lines(text) for code, text in texts.items()}
    if any(report.text(code) is None for code in wanted):
        raise Refused(_("This report has no such section."))
    if any(len(text) > narrative.LONGEST for text in wanted.values()):
        raise Refused(_("A section may have at most %(longest)s characters.") % {"longest": narrative.LONGEST})
    changed = [code for code, text in wanted.items() if report.text(code) != text]
    report.narrative = [
        {**section, "text": wanted.get(section["code"], section["text"])} for section in report.narrative
    ]
    return changed


def _put_entries(report: Report, form: Form, typed: Mapping[str, str]) -> list[str]:
    before = dict(report.entries)
    for code, text in typed.items():
        entry = form.entry(code)
        if entry is None:
            raise Refused(_("This form has no such entry."))
        value = values.read(entry, text)
        report.entries = {**report.entries, code: value} if value else _without(report.entries, code)
    return _changed(before, report.entries)


def _put_reasons(report: Report, form: Form, reasons: Mapping[str, str]) -> list[str]:
    before, known = dict(report.reasons), set(checking.places(report, form))
    for place, text in reasons.items():
        if place not in known:
            raise Refused(_("This report has no such figure."))
        said = clean_lines(text)[: values.LONGEST * 5]
        report.reasons = {**report.reasons, place: said} if said else _without(report.reasons, place)
    return _changed(before, report.reasons)


def _put_answers(report: Report, answers: Mapping[str, str], *, by: "Account", at: datetime) -> list[str]:
    """Answers to the remarks of the last return."""
    changed = []
    for remark in queries.open_remarks(report):
        said = clean_lines(answers.get(remark.place, remark.answer))[: narrative.LONGEST]
        if said == remark.answer:
            continue
        remark.answer, remark.answered_by, remark.answered_at = said, by.ref if said else "", at if said else None
        remark.save(update_fields=["answer", "answered_by", "answered_at"])
        changed.append(remark.place or "whole")
    return changed


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(place for place in {*before, *after} if before.get(place) != after.get(place))


def _without(values_of: Mapping[str, str], place: str) -> dict[str, str]:
    return {key: value for key, value in values_of.items() if key != place}


def _just_recorded(report: Report, changed: tuple[str, ...], *, by: "Account", at: datetime) -> bool:
    """Whether the last fact already says that these places are being written by the same person, minutes ago.

    A page that saves by itself would otherwise fill the ledger with one sentence's typing.
    """
    last = ledger.history(report.ref).first()
    return (
        last is not None
        and (last.kind, last.actor) == (ReportWritten.kind, by.ref)
        and at - last.at < SAME_SITTING
        and set(changed) <= set(last.data["sections"])
    )


def _fill(report: Report, term: Term, version: FormVersion, *, as_of: date) -> None:
    """Count, look up the last period, add up the reports below, and propose sentences."""
    report.form, form = version, version.form
    counted = queries.counted(report.unit_id, term=term, as_of=as_of, form=form)
    figures = [one.figure for one in counted]
    last = queries.previous(report)
    report.before = comparing.kept(last, queries.corrected(last) if last else {})
    report.sums = queries.gathered(report, term, form, figures)
    report.figures, report.as_of = [figure.stored() for figure in figures], as_of
    gaps = {one.figure.target: counting.missing(one.line) for one in counted}
    report.narrative = narrative.merged(report.narrative, _proposal(report, term, figures, gaps), form)


def _proposal(
    report: Report, term: Term, figures: Sequence[ReportFigure], gaps: Mapping[str, Sequence[str]]
) -> Mapping[str, str]:
    """What Loa writes first: about one period beside the last one, or about the years of a review."""
    said: dict[str, Any] = {"unit": report.unit_name, "plan": term.kind.plan.title, "period": term.period, "gaps": gaps}
    if not term.review:
        return narrative.proposed(figures, before=report.before, **said)
    done, waiting = queries.tasks_of_plan(report, term)
    return retrospect.proposed(figures, done=done, waiting=waiting, **said)


def _begun(unit_id: int, *, term: Term, on: date, as_of: date) -> Report:
    heading = queries.heading(unit_id, on=min(on, term.due_on))
    return Report.objects.get_or_create(
        unit_id=unit_id,
        kind=term.kind.code,
        first=term.period.first,
        defaults={
            "kind_name": term.kind.name,
            "last": term.period.last,
            "due_on": term.due_on,
            "as_of": as_of,
            "unit_name": heading.unit_name,
            "parent_id": heading.parent_id,
            "parent_name": heading.parent_name,
            "cover": queries.latest_cover(unit_id).stored(),
        },
    )[0]
