"""What a page of a report sends: only what it names is written, so that a part may be saved alone."""

from collections.abc import Mapping
from typing import TypedDict

from .checking import places
from .formfile import Form
from .models import Report

REASON, ANSWER, REMARK = "why:", "answer:", "remark:"


class Written(TypedDict):
    texts: dict[str, str]
    entries: dict[str, str]
    reasons: dict[str, str]
    answers: dict[str, str]


def written(report: Report, form: Form, sent: Mapping[str, str]) -> Written:
    """The passages, entries, reasons and answers in `sent`, each by its place."""
    passages, entries = {one["code"] for one in report.narrative}, {entry.id for entry in form.entries}
    return Written(
        texts={name: text for name, text in sent.items() if name in passages},
        entries={name: text for name, text in sent.items() if name in entries},
        reasons={name: text for name, text in _after(REASON, sent).items() if name in places(report, form)},
        answers=_after(ANSWER, sent),
    )


def remarks(sent: Mapping[str, str]) -> dict[str, str]:
    """Remarks by their place."""
    return _after(REMARK, sent)


def _after(prefix: str, sent: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(prefix): text for name, text in sent.items() if name.startswith(prefix)}
