"""The fingerprint of a report: SHA-256 over canonical JSON, so that anyone can compute it again with any tool.

Line 1 is what was handed in (unit and its names of that day, period, figures, narrative, cover), each further line one
row of evidence in the order target, position. Canonical: UTF-8, keys sorted, no spaces, lines ended by "\\n".
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from .models import EvidenceRow, Report

FORMAT = 1


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def of(report: Report, rows: Iterable[EvidenceRow], *, code: str) -> str:
    """`code` is the unit's; `rows` come ordered by target and position, and are read one at a time."""
    running = sha256(canonical(_handed_in(report, code)))
    for row in rows:
        running.update(canonical(_row(row)))
    return running.hexdigest()


def _handed_in(report: Report, code: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
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


def _row(row: EvidenceRow) -> list[Any]:
    day = row.on.isoformat() if row.on else None
    return [row.target, row.position, row.ref, row.label, row.url, day, row.unit, row.counts, row.cells]
