"""Taking a table away: asked for, made now or later, forgotten after some days."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import slug
from loa.ledger.actions import record

from ..events import TableExported
from ..models import Account, Export
from ..policies import scope
from ..tables import Asked, Sheet, table
from ..workbooks import write

KEPT = timedelta(days=3)
FORGOTTEN = timedelta(minutes=10)
"""How long an export may wait before it is taken for forgotten by a crash."""
MOST_WAITING = 5
LONGEST_WORD = 200
MOST_FORGOTTEN = 5_000
"""At one time; the rest goes the next day."""

State = Export.State


class TooLong(Exception):
    """More rows than one waits for."""


@transaction.atomic
def ask(key: str, *, words: Mapping[str, str], by: Account, at: datetime) -> Export:
    """Note that somebody wants this table. Raises LookupError for a table that is none, or not theirs."""
    found = sheet(key, words, by=by, at=at)
    if Export.objects.filter(account=by, state=State.WAITING).count() >= MOST_WAITING:
        raise Refused(_("Several of your tables are still being made; please wait for one of them."))
    kept = {name: text[:LONGEST_WORD] for name, text in words.items()}
    return Export.objects.create(account=by, table=key, asked=kept, title=found.title[:250], asked_at=at)


def export_of(account: Account, pk: int) -> Export:
    """Raises Export.DoesNotExist, also for what somebody else asked for."""
    return Export.objects.select_related("account").get(pk=pk, account=account)


def sheet(key: str, words: Mapping[str, str], *, by: Account, at: datetime) -> Sheet:
    """The table as this account may see it now, its rows not yet read."""
    chosen = table(key)
    if chosen is None:
        raise LookupError(key)
    within = scope(by, chosen.ability, on=today(at))
    if not within:
        raise LookupError(key)
    return chosen.sheet(Asked(words=words, scope=within))


def make(export: Export, *, at: datetime, most: int | None = None) -> Export:
    """Write the file, with what its account may see now; done twice, it is done once.

    The file is written outside any transaction. Raises TooLong beyond `most` rows, and leaves the export waiting.
    """
    if export.state != State.WAITING:
        return export
    with override(settings.LANGUAGE_CODE), TemporaryFile() as file:
        try:
            found = sheet(export.table, export.asked, by=export.account, at=at)
        except LookupError:
            return _end(export, State.FAILED, at=at)
        if most is not None:
            found = _at_most(found, most)
        rows = write(found, file, tell=lambda count: _tell(export, count))
        return _keep(export, found, file, rows, by=export.account, at=at)


def _at_most(found: Sheet, most: int) -> Sheet:
    rows = iter(found.rows)
    first = list(islice(rows, most + 1))
    if len(first) > most:
        raise TooLong
    return replace(found, rows=iter(first))


def _tell(export: Export, count: int) -> None:
    Export.objects.filter(pk=export.pk, state=State.WAITING).update(seen=count)


def _keep(export: Export, found: Sheet, file: IO[bytes], rows: int, *, by: Account, at: datetime) -> Export:
    file.seek(0)
    export.fingerprint = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    with transaction.atomic():
        if not Export.objects.select_for_update().filter(pk=export.pk, state=State.WAITING).exists():
            return export  # somebody else was quicker
        export.file.save(f"{slug(export.title)}-{export.pk}.xlsx", File(file), save=False)
        export.seen = rows
        _end(export, State.DONE, at=at)
        if found.people:
            fact = TableExported(subject=export.ref, unit_id=found.unit_id, table=export.table, rows=rows)
            record(fact, by=by, at=at, evidence=[f"sha256:{export.fingerprint}"])
    return export


def _end(export: Export, state: State, *, at: datetime) -> Export:
    export.state, export.ended_at = state, at
    export.save(update_fields=["state", "ended_at", "file", "fingerprint", "seen"])
    return export


def forget(*, at: datetime) -> int:
    """Delete files that nobody needs any more, with what was asked; returns how many."""
    old = list(Export.objects.exclude(state=State.WAITING).filter(ended_at__lt=at - KEPT)[:MOST_FORGOTTEN])
    for export in old:
        export.file.delete(save=False)
        export.delete()
    return len(old)


def forgotten(*, at: datetime) -> list[int]:
    """The exports a crash left waiting: a worker is asked again."""
    return list(Export.objects.filter(state=State.WAITING, asked_at__lt=at - FORGOTTEN).values_list("pk", flat=True))
