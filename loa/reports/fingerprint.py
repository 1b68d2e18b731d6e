"""The fingerprint of a report: SHA-256 over canonical JSON, so that anyone can compute it again with any tool.

Line 1 is what was handed in (unit and its names of that day, period, figures, narrative, cover), each further line one
row of evidence in the order target, position. Canonical: UTF-8, keys sorted, no spaces, lines ended by "\\n".
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from .models import Correction, EvidenceRow, Report

FORMAT = 2


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def of(report: Report, rows: Iterable[EvidenceRow], *, code: str) -> str:
    """`code` is the unit's; `rows` come ordered by target and position, and are read one at a time."""
    return over(handed_in(report, code), map(plain_row, rows))


def over(first: dict[str, Any], rows: Iterable[list[Any]]) -> str:
    """The fingerprint of plain values, wherever they come from."""
    running = sha256(canonical(first))
    for row in rows:
        running.update(canonical(row))
    return running.hexdigest()


def handed_in(report: Report, code: str) -> dict[str, Any]:
    """Line 1."""
    values: dict[str, Any] = {
        "format": report.format,
        "unit": code,
        "unit_name": report.unit_name,
        "parent_name": report.parent_name,
        "kind": report.kind,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "due_on": report.due_on.isoformat(),
        "as_of": report.as_of.isoformat(),
        "narrative": [{key: section[key] for key in ("code", "title", "text")} for section in report.narrative],
        "figures": report.figures,
        "cover": report.cover,
    }
    if report.format == 1:
        return values
    form = report.form
    return values | {
        "form": {"code": form.code, "valid_from": form.valid_from.isoformat(), "sha256": form.fingerprint}
        if form
        else None,
        "entries": report.entries,
        "reasons": report.reasons,
        "before": report.before,
        "sums": report.sums,
    }


def plain_row(row: EvidenceRow) -> list[Any]:
    """One further line."""
    day = row.on.isoformat() if row.on else None
    return [row.target, row.position, row.ref, row.label, row.url, day, row.unit, row.counts, row.cells]


def correction(one: Correction, *, report: str) -> str:
    """Of a correction; `report` is the fingerprint of what it corrects."""
    return sha256(canonical(corrected(one, report=report))).hexdigest()


def corrected(one: Correction, *, report: str) -> dict[str, Any]:
    return {
        "format": 1,
        "report": report,
        "number": one.number_text,
        "place": one.place,
        "old": one.old,
        "new": one.new,
        "reason": one.reason,
        "proof": one.proof,
    }
