"""Correcting an accepted report: the record stays as it was, a correction with its own number stands beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.numbers import parse_number
from loa.base.text import clean, clean_lines
from loa.ledger.actions import record

from .. import checking, corrigible, entries, fingerprint, policies, queries
from ..corrigible import Place
from ..events import CorrectionAccepted, CorrectionAgreed, CorrectionReturned, CorrectionSubmitted
from ..formfile import Form
from ..models import Correction, Report
from ..narrative import LONGEST as LONGEST_PASSAGE
from .checks import check_writer, locked

if TYPE_CHECKING:
    from loa.people.models import Account

LONGEST = 2000
LONGEST_LABEL = 200


@transaction.atomic
def correct(
    report: Report, *, place: str, typed: Mapping[str, str], reason: str, proof: str, by: "Account", at: datetime
) -> Correction:
    """Say what a figure or passage of an accepted report should be, why, and what shows it; the levels above judge it.

    `typed` holds `value`, and for a share of a whole `denominator`, or the whole `text` of a passage, as people type
    them. A correction that was returned is handed in again under the same number.
    """
    check_writer(by, report.unit_id, on=today(at))
    report = locked(report)
    if report.state != Report.State.ACCEPTED:
        raise Refused(_("Only an accepted report is corrected; any other can be written as it should be."))
    known = report.corrections.select_for_update().exclude(state=Correction.State.ACCEPTED).filter(place=place).first()
    if known is not None and known.state == Correction.State.SUBMITTED:
        raise Refused(_("A correction of this place already waits for an answer: %(number)s.") % {"number": known})
    reason, proof = clean_lines(reason)[:LONGEST], clean(proof)[:LONGEST]
    if not reason or not proof:
        raise Refused(_("Please say why it is corrected, and what shows it: a link, or the number of a document."))
    form = queries.form_of(report)
    meant = _place(report, form, place)
    old = queries.corrected(report).get(place) or dict(meant.said)
    new = _new(form, meant, old, typed)
    if new == old:
        raise Refused(_("This is what the report says already."))
    _check_between(report, meant, new)
    correction = known or Correction(report=report, unit_id=report.unit_id, year=today(at).year, place=place)
    correction.number = correction.number or _next_number(report.unit_id, correction.year)
    correction.label, correction.old, correction.new = meant.label[:LONGEST_LABEL], old, new
    correction.reason, correction.proof, correction.remarks = reason, proof, ""
    correction.state, correction.submitted_at, correction.step = Correction.State.SUBMITTED, at, 0
    correction.judge_id = queries.judges(report, steps=form.steps)[0]
    correction.fingerprint = fingerprint.correction(correction, report=report.fingerprint)
    correction.save()
    fact = CorrectionSubmitted(
        subject=report.ref,
        unit_id=report.unit_id,
        correction=correction.pk,
        number=correction.number_text,
        place=place,
    )
    record(fact, by=by, at=at, evidence=[f"sha256:{correction.fingerprint}"])
    return correction


@transaction.atomic
def return_correction(correction: Correction, *, remarks: str, by: "Account", at: datetime) -> Correction:
    """Give it back, and say why; the report reads as before."""
    correction = _to_judge(correction, by=by, at=at)
    remarks = clean_lines(remarks)[:LONGEST]
    if not remarks:
        raise Refused(_("Please say what should be improved, so that the unit knows what to do."))
    correction.state, correction.remarks, correction.judge_id, correction.step = (
        Correction.State.RETURNED,
        remarks,
        None,
        0,
    )
    correction.save(update_fields=["state", "remarks", "judge", "step"])
    fact = CorrectionReturned(
        subject=correction.report.ref,
        unit_id=correction.unit_id,
        correction=correction.pk,
        number=correction.number_text,
    )
    record(fact, by=by, at=at, evidence=[f"sha256:{correction.fingerprint}"])
    return correction


@transaction.atomic
def accept_correction(correction: Correction, *, by: "Account", at: datetime) -> Correction:
    """Agree to it; after the last level, readers see what is corrected beside what was accepted."""
    correction = _to_judge(correction, by=by, at=at)
    report = correction.report
    if correction.fingerprint != fingerprint.correction(correction, report=report.fingerprint):
        raise Refused(
            _("What is stored no longer matches what was handed in, so it can not be accepted. Please return it.")
        )
    form = queries.form_of(report)
    _check_between(report, _place(report, form, correction.place), correction.new)
    judges = queries.judges(report, steps=form.steps)
    facts: dict[str, Any] = {
        "subject": report.ref,
        "unit_id": correction.unit_id,
        "correction": correction.pk,
        "number": correction.number_text,
    }
    if correction.step + 1 < len(judges):
        correction.step, correction.judge_id = correction.step + 1, judges[correction.step + 1]
        correction.save(update_fields=["step", "judge"])
        record(CorrectionAgreed(**facts, step=correction.step), by=by, at=at)
        return correction
    correction.state, correction.accepted_at = Correction.State.ACCEPTED, at
    correction.save(update_fields=["state", "accepted_at"])
    evidence = [f"sha256:{correction.fingerprint}", f"sha256:{report.fingerprint}"]
    record(CorrectionAccepted(**facts, place=correction.place), by=by, at=at, evidence=evidence)
    return correction


def _check_between(report: Report, place: Place, new: Mapping[str, Any]) -> None:
    """The checks of the form hold after a correction as they did before, with all that was corrected already."""
    if place.of_passage:
        return
    if place.year and place.year.accepted:
        _check_with_report_of_year(place, new)
    said = corrigible.folded(report, queries.corrected(report) | {place.code: new})
    if wrong := checking.broken_by(report, queries.form_of(report), said, place.target or place.code):
        raise Refused(wrong)


def _check_with_report_of_year(place: Place, new: Mapping[str, Any]) -> None:
    """Two accepted documents do not contradict each other: the report of the year is corrected first."""
    assert place.year is not None
    source = queries.report_with_key(int(place.year.report.rpartition(":")[2]))
    there = corrigible.place(source, queries.form_of(source), place.target)
    said = queries.corrected(source).get(place.target) or (there.said if there else {})
    if new != said:
        raise Refused(
            _(
                "The figure of %(year)s comes from the accepted report “%(report)s”. Please correct it there first; "
                "then write here what that report says."
            )
            % {"year": place.year.year, "report": place.year.report_name}
        )


def _to_judge(correction: Correction, *, by: "Account", at: datetime) -> Correction:
    found = Correction.objects.select_for_update(of=("self",)).select_related("report__unit", "report__form")
    correction = found.get(pk=correction.pk)
    if not policies.can_judge_correction(by, correction, on=today(at)):
        raise Refused(
            _(
                "A correction is accepted or returned by the unit above, "
                "and by somebody who wrote neither it nor the report."
            )
        )
    if correction.state != Correction.State.SUBMITTED:
        raise Refused(_("Only a correction that waits for an answer can be accepted or returned."))
    return correction


def _next_number(unit_id: int, year: int) -> int:
    """Counted without gaps: the report is locked, and two reports of one unit meet at the constraint."""
    used = Correction.objects.filter(unit_id=unit_id, year=year).aggregate(last=Max("number"))["last"]
    return (used or 0) + 1


def _place(report: Report, form: Form, code: str) -> Place:
    if found := corrigible.place(report, form, code):
        return found
    raise Refused(_("This report has no such figure or passage."))


def _new(form: Form, place: Place, old: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    if place.of_passage:
        return {"text": _passage(place, typed.get("text", ""))}
    if entry := form.entry(place.code):
        value = entries.read(entry, typed.get("value", ""))
        if wrong := entries.problem(entry, value):
            raise Refused(wrong)
        return {"value": value}
    numerator = _whole(typed.get("value", ""))
    denominator = (
        None if old["denominator"] is None else _whole(typed.get("denominator", "") or str(old["denominator"]))
    )
    if denominator is not None and numerator > denominator:
        raise Refused(_("The part can not be larger than the whole."))
    return {"numerator": numerator, "denominator": denominator}


def _passage(place: Place, typed: str) -> str:
    text = clean_lines(typed)
    if len(text) > LONGEST_PASSAGE:
        raise Refused(_("A section may have at most %(longest)s characters.") % {"longest": LONGEST_PASSAGE})
    if place.required and not text:
        raise Refused(_("Please write the passage “%(title)s”.") % {"title": place.label})
    return text


def _whole(text: str) -> int:
    found = parse_number(text)
    if found is None or found < 0 or found != found.to_integral_value() or found > 10**12:
        raise Refused(
            _("A whole number such as 12 is expected here; “%(value)s” was entered.") % {"value": clean(text)}
        )
    return int(found)
