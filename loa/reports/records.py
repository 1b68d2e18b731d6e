"""A report as one self-contained file, and whether such a file holds what it says. `verify` needs no database.

The file is JSON: `report` and `rows` are what the fingerprint is computed over (fingerprint.py), `form` is the version
of the form, `corrections` are those accepted, each with a fingerprint that holds the report's.
"""

import json
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from . import fingerprint
from .models import Correction, EvidenceRow, Report

FORMAT = 1
SORT = "loa.report-record"


def record(
    report: Report, rows: "list[EvidenceRow]", corrections: "list[Correction]", *, document_prints: "list[str]"
) -> dict[str, Any]:
    """What is exported; `document_prints` are the SHA-256 of its documents, once it is accepted.

    The first is that of the document as it was accepted, the last that of the one with all corrections.
    """
    return {
        "sort": SORT,
        "format": FORMAT,
        "fingerprint": report.fingerprint,
        "state": report.state,
        "received_on": report.received_on.isoformat() if report.received_on else None,
        "accepted_at": report.accepted_at.isoformat() if report.accepted_at else None,
        "document_sha256": document_prints[0] if document_prints else "",
        "corrected_document_sha256": document_prints[-1] if document_prints else "",
        "report": fingerprint.handed_in(report, report.unit.code),
        "rows": [fingerprint.plain_row(row) for row in rows],
        "form": report.form.content if report.form else None,
        "corrections": [
            fingerprint.corrected(one, report=report.fingerprint)
            | {
                "accepted_at": one.accepted_at.isoformat() if one.accepted_at else None,
                "fingerprint": one.fingerprint,
                "label": one.label,
            }
            for one in corrections
            if one.state == Correction.State.ACCEPTED
        ],
    }


def written(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def read(content: bytes) -> dict[str, Any] | None:
    """The record in a file; None for a file that is none."""
    try:
        values = json.loads(content)
    except ValueError:
        return None
    return values if isinstance(values, dict) and values.get("sort") == SORT else None


def problems(values: dict[str, Any]) -> list[str]:
    """What does not hold in a record, in sentences; empty when it holds."""
    try:
        return _problems(values)
    except (KeyError, TypeError, ValueError, AttributeError):
        return [_("The record is not complete.")]


def _problems(values: dict[str, Any]) -> list[str]:
    found = []
    if fingerprint.over(values["report"], values["rows"]) != values["fingerprint"]:
        found.append(_("Figures, text or evidence are not those that were handed in."))
    form = values["report"].get("form")
    if form is not None and _form_print(values["form"]) != form["sha256"]:
        found.append(_("The form is not the one that the report was written on."))
    for one in values["corrections"]:
        said = {key: value for key, value in one.items() if key not in {"accepted_at", "fingerprint", "label"}}
        if (
            sha256(fingerprint.canonical(said)).hexdigest() != one["fingerprint"]
            or one["report"] != values["fingerprint"]
        ):
            found.append(_("Correction %(number)s is not the one that was accepted.") % {"number": one["number"]})
    return found


def _form_print(content: Any) -> str:
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def names(values: dict[str, Any], document: bytes, *, printed: str) -> bool:
    """Whether the record is that of this document: the same fingerprint `printed` in it, and the very same bytes."""
    prints = (values.get("document_sha256"), values.get("corrected_document_sha256"))
    return sha256(document).hexdigest() in prints and printed == values.get("fingerprint")
